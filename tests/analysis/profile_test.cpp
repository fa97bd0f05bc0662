// SPDX-License-Identifier: Apache-2.0
#include "analysis/profile.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

namespace m1bench {
namespace {

// Two operations of 60 and 30 us and 10 us between them on "a"; on "b" the first takes twice as long and the second half.
class ProfileOfSamples : public testing::Test {
 protected:
  ProfileOfSamples() {
    run_.session.baseline = "a";
    for (const char* name : {"b", "a"}) {
      Target target;
      target.name = name;
      run_.targets.push_back(target);
    }
    item_.name = "train/x";
    item_.threads = 3;
    samples_.operations = {{"dense_0", "dense", ProfilePass::forward, "f32", 6e6, 1e3}, {"loss", "loss", ProfilePass::loss, "f32", 0, 3e3}};
    for (const double drift : {1.0, 1.1, 0.9, 1.05}) {
      samples_.blocks.push_back({{entry("a", drift, {60e-6, 30e-6, 10e-6}), entry("b", drift, {120e-6, 15e-6, 10e-6})}});
    }
  }

  static ProfiledTarget entry(const char* name, double drift, const std::vector<double>& parts) {
    ProfiledTarget seen{.target = name, .loops = 10, .observe_every = 2};
    const double step = std::accumulate(parts.begin(), parts.end(), 0.0) * drift;
    seen.plain_s = {step, step};
    seen.observed_s = {1.01 * step, 1.01 * step};
    seen.step_s = {step, step};
    for (const double part : parts) seen.operation_s.push_back({part * drift, part * drift});
    seen.max_rss_bytes = 1 << 20;
    seen.allocations = 0.5;
    return seen;
  }
  void add_bound(const char* name, double flop, double bytes) {
    Case bound;
    bound.name = name;
    bound.family = "bound";
    bound.flop = flop;
    bound.bytes = bytes;
    run_.cases.push_back(bound);
    Block block;
    block.case_name = name;
    for (const char* target : {"a", "b"}) {
      TargetBlock part;
      part.target = target;
      part.loops = 1;
      part.wall_s = {target[0] == 'a' ? 1e-3 : 2e-3};
      block.targets.push_back(part);
    }
    run_.blocks.push_back(block);
  }
  Profile profile() const { return profile_of(run_, item_, samples_); }

  m1bench::Run run_;
  Case item_;
  ProfileSamples samples_;
};

TEST_F(ProfileOfSamples, ATimelineOfFewerLoopsThanAskedIsTold) {
  const TraceSpan loop{0, kWholeLoop, 0, 0, 1, 0, 0}, part{0, 0, 0, 0, 1, 0, 0};
  samples_.traces = {{"a", {part, loop, part, loop}}, {"b", {part, loop}}};
  samples_.trace_loops = 2;
  const Profile seen = profile();
  ASSERT_EQ(seen.warnings.size(), 1u);
  EXPECT_EQ(seen.warnings[0].code, "short-timeline");
  EXPECT_EQ(seen.warnings[0].message, "its timeline has 1 of 2 loops on b, which is what there is room for");
}

TEST_F(ProfileOfSamples, OverviewIsOfUnobservedSlots) {
  const Profile seen = profile();
  ASSERT_EQ(seen.targets.size(), 2u);
  const TargetProfile &a = seen.targets[0], &b = seen.targets[1];
  EXPECT_EQ(a.target, "a") << "the baseline comes first";
  EXPECT_FALSE(a.ratio);
  EXPECT_NEAR(*a.loop_s, 102.5e-6, 1e-9);
  EXPECT_NEAR(b.ratio->ratio(), 1.45, 1e-9) << "drift of the machine cancels within a block";
  EXPECT_NEAR(a.observing->ratio(), 1.01, 1e-9);
  EXPECT_EQ(a.observe_every, 2u);
  EXPECT_EQ(a.max_rss_bytes, 1u << 20);
  EXPECT_EQ(a.blocks, 4);
  EXPECT_EQ(a.allocations, 0.5);
  EXPECT_FALSE(a.temporary_bytes);
  EXPECT_TRUE(seen.warnings.empty());
  EXPECT_EQ(seen.threads, 3);
}

TEST_F(ProfileOfSamples, OperationsAddUpToTheLoop) {
  const Profile seen = profile();
  ASSERT_EQ(seen.operations.size(), 3u);
  EXPECT_EQ(seen.operations[2].name, kOtherOperation);
  for (const TargetProfile& target : seen.targets) {
    double shares = 0, seconds = 0;
    for (const OperationProfile& operation : target.operations) {
      shares += *operation.share;
      seconds += *operation.seconds;
      EXPECT_EQ(operation.block_s.size(), 4u);
    }
    EXPECT_NEAR(shares, 1, 1e-12);
    EXPECT_NEAR(seconds, *target.loop_s, 1e-12);
  }
}

TEST_F(ProfileOfSamples, WhatCostsMostMoreComesFirst) {
  const Profile seen = profile();
  const TargetProfile &a = seen.targets[0], &b = seen.targets[1];
  EXPECT_EQ(a.order, (std::vector<std::size_t>{0, 1, 2})) << "by time";
  EXPECT_EQ(b.order, (std::vector<std::size_t>{0, 2, 1})) << "by extra time";
  EXPECT_NEAR(b.operations[0].ratio->ratio(), 2, 1e-9);
  EXPECT_NEAR(b.operations[1].ratio->ratio(), 0.5, 1e-9);
  EXPECT_NEAR(*b.operations[1].extra_s, -15.375e-6, 1e-12);
  EXPECT_FALSE(a.operations[0].extra_s);
}

TEST_F(ProfileOfSamples, RatesAreSetAgainstTheTargetsOwnBounds) {
  add_bound("bound/f32", 200e6, 0);
  add_bound("bound/triad", 7, 1e6);
  const Profile seen = profile();
  const TargetProfile &a = seen.targets[0], &b = seen.targets[1];
  EXPECT_NEAR(*rate_of(seen.operations[0], a.operations[0]), 6e6 / 61.5e-6, 1);
  EXPECT_NEAR(*a.operations[0].share_of_bound, 6e6 / 61.5e-6 / 200e9, 1e-9);
  EXPECT_NEAR(*b.operations[0].share_of_bound, 6e6 / 123e-6 / 100e9, 1e-9);
  EXPECT_NEAR(*a.operations[1].share_of_bound, 3e3 / 30.75e-6 / 1e9, 1e-9);
  EXPECT_FALSE(a.operations[2].share_of_bound) << "what is no operation has no rate";
  EXPECT_FALSE(profile_of(m1bench::Run(), item_, ProfileSamples()).targets.size());
}

TEST_F(ProfileOfSamples, PartsThatAreNotTheLoopAreSaid) {
  for (const auto& [factor, said] : {std::pair(1.08, false), {1.2, true}, {0.93, false}, {0.8, true}}) {
    ProfileSamples samples = samples_;
    for (ProfileBlock& block : samples.blocks) {
      for (std::vector<double>& operation : block.targets[1].operation_s) {
        for (double& seconds : operation) seconds *= factor;
      }
    }
    const Profile seen = profile_of(run_, item_, samples);
    ASSERT_EQ(seen.warnings.size(), said ? 1u : 0u) << factor;
    if (!said) continue;
    EXPECT_EQ(seen.warnings[0].code, "parts-off");
    EXPECT_EQ(seen.warnings[0].target, "b");
  }
}

TEST_F(ProfileOfSamples, TheStateOfTheMachineIsSaid) {
  run_.machine.logical_cpus = 4;
  run_.machine.before.load_average = 1.5;
  EXPECT_TRUE(profile().warnings.empty());
  run_.machine.before.load_average = 3;
  run_.machine.after.on_battery = true;
  add_bound("bound/f32", 200e6, 0);
  run_.blocks.resize(10, run_.blocks[0]);
  for (Block& block : run_.blocks) block.canary_s = 1e-3;
  run_.blocks[3].canary_s = run_.blocks[4].canary_s = 1.5e-3;
  std::vector<std::string> codes;
  for (const Warning& warning : profile().warnings) codes.push_back(warning.code);
  EXPECT_EQ(codes, (std::vector<std::string>{"canary-drift", "high-load", "battery"}));
}

TEST_F(ProfileOfSamples, NoTimeHasNoRatio) {
  for (ProfileBlock& block : samples_.blocks) block.targets[0].operation_s[1] = {0, 0};
  const TargetProfile b = profile().targets[1];
  EXPECT_FALSE(b.operations[1].ratio);
  EXPECT_TRUE(b.operations[0].ratio);
}

TEST_F(ProfileOfSamples, WithoutTheBaselineTimesAreAllThereIs) {
  for (ProfileBlock& block : samples_.blocks) block.targets.erase(block.targets.begin());
  const Profile seen = profile();
  ASSERT_EQ(seen.targets.size(), 1u);
  EXPECT_FALSE(seen.targets[0].ratio);
  EXPECT_FALSE(seen.targets[0].operations[0].extra_s);
  EXPECT_EQ(seen.targets[0].order.front(), 0u);
}

TEST_F(ProfileOfSamples, ProfilingThatCostsTooMuchIsSaid) {
  for (ProfileBlock& block : samples_.blocks) {
    for (double& slot : block.targets[1].observed_s) slot *= 1.02;
  }
  Profile seen = profile();
  ASSERT_EQ(seen.warnings.size(), 1u);
  EXPECT_EQ(seen.warnings[0].target, "b");
  EXPECT_NE(seen.warnings[0].message.find("profiling itself cost more than 2"), std::string::npos) << seen.warnings[0].message;
  for (double& slot : samples_.blocks[0].targets[1].observed_s) slot *= 0.98;
  seen = profile();
  ASSERT_EQ(seen.warnings.size(), 1u);
  EXPECT_NE(seen.warnings[0].message.find("may have cost"), std::string::npos) << "unsure";
}

}  // namespace
}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "session/profile.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "platform/files.hpp"
#include "session/session_fixture.hpp"

namespace m1bench {
namespace {

TEST(ObserveEvery, KeepsTheCostBelowItsShare) {
  struct Row {
    const char* name;
    std::size_t operations;
    double observation_s, loop_s;
    std::uint64_t loops, every;
  };
  const Row rows[] = {
      {"a long loop", 9, 50e-9, 1e-3, 10, 1},
      {"ten looks of 50 ns in 7 us", 9, 50e-9, 7e-6, 1000, 8},
      {"a clock that is slow under a translator", 9, 1e-6, 100e-6, 50, 10},
      {"one of them is observed in any case", 9, 1e-6, 1e-6, 50, 50},
      {"no time at all", 9, 1e-6, 0, 50, 1},
  };
  for (const Row& row : rows) {
    ProfileReply description;
    description.operations.resize(row.operations);
    description.observation_s = row.observation_s;
    EXPECT_EQ(observe_every(description, row.loop_s, row.loops), row.every) << row.name;
    if (row.every < row.loops) {
      EXPECT_LE(expected_cost(description, row.loop_s, row.every), kObservingShare) << row.name;
    }
  }
}

TEST(AddObservedSlot, TakesAwayWhatObservingTook) {
  ProfileReply description, seen;
  description.empty_span_s = 2;
  description.observation_s = 5;
  seen.observed_loops = 10;
  seen.operation_s = {10 * (100 + 2.0), 10 * (30 + 2.0)};
  seen.observed_s = 10 * (100 + 30 + 7 + 2 * 5 + 2.0);
  ProfiledTarget target;
  add_observed_slot(description, seen, target);
  EXPECT_EQ(target.operation_s, (std::vector<std::vector<double>>{{100}, {30}, {7}}));
  EXPECT_EQ(target.step_s, std::vector<double>{137});
  seen.operation_s = {0, 10};
  seen.observed_s = 10;
  add_observed_slot(description, seen, target);
  EXPECT_EQ(target.operation_s[0][1], 0) << "never less than nothing";
  EXPECT_EQ(target.operation_s[2][1], 0);
}

class ProfileSession : public testing::Test {
 protected:
  explicit ProfileSession(const std::vector<std::string>& targets = {kV4, kV3}) : session_(targets) {
    session_.add_case("train/a", 1e-4);
    session_.add_case("bound/f32", 1e-3);
  }
  PhaseEnd profile(int blocks = 3) {
    EXPECT_EQ(session_.verify(), PhaseEnd::done);
    SessionContext context = session_.context();
    return profile_case(context, session_.run.cases[0], {.blocks = blocks, .trace_loops = 2}, samples_);
  }
  std::vector<std::string> lost() const {
    std::vector<std::string> texts;
    for (const Failure& failure : session_.run.failures) texts.push_back(failure.target + ": " + failure.cause);
    return texts;
  }
  FakeSession session_;
  ProfileSamples samples_;
};

TEST_F(ProfileSession, HalfOfTheSlotsAreObserved) {
  EXPECT_EQ(profile(), PhaseEnd::done);
  ASSERT_EQ(samples_.blocks.size(), 3u);
  EXPECT_EQ(samples_.operations.size(), 3u);
  for (const ProfileBlock& block : samples_.blocks) {
    ASSERT_EQ(block.targets.size(), 2u);
    for (const ProfiledTarget& target : block.targets) {
      EXPECT_EQ(target.plain_s.size(), 12u);
      EXPECT_EQ(target.observed_s.size(), 12u);
      EXPECT_EQ(target.step_s.size(), 12u);
      ASSERT_EQ(target.operation_s.size(), 4u) << "and what lies between";
      for (const auto& slots : target.operation_s) EXPECT_EQ(slots.size(), 12u);
      EXPECT_EQ(target.allocations, 2);
      EXPECT_EQ(target.allocated_bytes, 4224);
    }
  }
  for (const char* target : {kV4, kV3}) EXPECT_EQ(samples_.traces[target].size(), 8u) << target;
  EXPECT_EQ(session_.run.blocks.size(), 3u) << "of the bound";
  EXPECT_TRUE(lost().empty());
}

TEST_F(ProfileSession, SlotsAreInTheOrderAbba) {
  std::string order;
  session_.tamper([&](const Target& target, int, const Request& request, OrDeath<Reply>&) {
    const bool slot = request.verb == Verb::profile && request.loops > 0 && request.path.empty();
    if (slot && target.name == kV3) order += request.observe_every > 0 ? 'o' : '-';
  });
  profile(1);
  EXPECT_EQ(order, "-oo--oo--oo--oo--oo--oo-");
}

TEST_F(ProfileSession, ASlowTargetTakesPartInFewBlocks) {
  session_.run.cases[0].flop = flop_for(0.01);
  session_.limits.slow_blocks = 2;
  Target qemu;
  qemu.name = kQemu;
  qemu.slice = "arm64";
  qemu.translator = "qemu-user";
  qemu.available = true;
  session_.run.targets.push_back(qemu);
  profile(4);
  ASSERT_EQ(samples_.blocks.size(), 4u);
  EXPECT_EQ(samples_.blocks[1].targets.size(), 3u);
  EXPECT_EQ(samples_.blocks[1].targets[2].plain_s.size(), 1u);
  EXPECT_EQ(samples_.blocks[2].targets.size(), 2u);
}

using Change = void (*)(Reply& reply, const Request& request);
struct LieRow {
  const char* name;
  const char* cause;
  Change change;
};
const LieRow kLies[] = {
    {"another answer", "wrong answer: its output changed",
     [](Reply& reply, const Request& request) {
       if (request.want_checksum) reply.output_checksum = "1";
     }},
    {"no profile", "its profile lacks", [](Reply& reply, const Request& request) { if (request.loops > 0) reply.profile.reset(); }},
    {"an operation short", "its profile lacks",
     [](Reply& reply, const Request& request) {
       if (request.observe_every > 0) reply.profile->operation_s.pop_back();
     }},
    {"nothing observed", "its profile lacks", [](Reply& reply, const Request&) { if (reply.profile) reply.profile->observed_loops = 0; }},
    {"other operations", "its operations are not those",
     [](Reply& reply, const Request& request) {
       if (request.loops == 0) reply.profile->operations.clear();
     }},
    {"a timeline cut short", "its timeline holds",
     [](Reply& reply, const Request& request) {
       if (!request.path.empty()) ++reply.profile->spans;
     }},
    {"a timeline of nonsense", "its timeline holds",
     [](Reply&, const Request& request) {
       if (request.path.empty()) return;
       std::string bytes = read_file(request.path, 1 << 20);
       bytes[15] = '\x7F';  // the first operation's exponent
       write_file(request.path, std::array<std::string_view, 1>{bytes});
     }},
};

TEST(ProfileOfALiar, LosesTheLiarAlone) {
  for (const LieRow& row : kLies) {
    SCOPED_TRACE(row.name);
    FakeSession session({kV4, kV3});
    session.add_case("train/a", 1e-4);
    ASSERT_EQ(session.verify(), PhaseEnd::done);
    session.tamper([&](const Target& target, int, const Request& request, OrDeath<Reply>& answer) {
      if (target.name == kV3 && request.verb == Verb::profile) row.change(std::get<Reply>(answer), request);
    });
    SessionContext context = session.context();
    ProfileSamples samples;
    EXPECT_EQ(profile_case(context, session.run.cases[0], {.blocks = 2, .trace_loops = 1}, samples), PhaseEnd::done);
    ASSERT_EQ(session.run.failures.size(), 1u);
    EXPECT_EQ(session.run.failures[0].target, kV3);
    EXPECT_NE(session.run.failures[0].cause.find(row.cause), std::string::npos) << session.run.failures[0].cause;
    ASSERT_EQ(samples.blocks.size(), 2u);
    for (const ProfileBlock& block : samples.blocks) EXPECT_EQ(block.targets.size(), 1u);
  }
}

TEST_F(ProfileSession, AnInterruptKeepsWholeBlocks) {
  int profiled = 0;
  session_.tamper([&](const Target&, int, const Request& request, OrDeath<Reply>& answer) {
    if (request.verb == Verb::profile && request.loops > 0 && ++profiled == 70) answer = Death{"interrupted", "", true};
  });
  EXPECT_EQ(profile(), PhaseEnd::interrupted);
  EXPECT_EQ(samples_.blocks.size(), 1u);
  EXPECT_TRUE(lost().empty());
}

}  // namespace
}  // namespace m1bench

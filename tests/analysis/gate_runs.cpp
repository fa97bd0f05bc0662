// SPDX-License-Identifier: Apache-2.0
#include "analysis/gate_runs.hpp"

#include <cmath>

#include "m1bench/core/rng.hpp"

namespace m1bench {
namespace {

constexpr std::int64_t kMillion = 1'000'000, kSlotPs = 20'000'000'000;
constexpr int kSlots = 6;
constexpr const char* kChecksum = "9d1f03c2a7b84e65";

// About normal with this standard deviation, in millionths: the sum of twelve uniform numbers.
std::int64_t noise_ppm(Rng& rng, double deviation) {
  const auto half = static_cast<std::uint32_t>(std::llround(deviation * 1e6 / 2));
  std::int64_t sum = 0;
  for (int i = 0; i < 12; ++i) sum += static_cast<std::int64_t>(rng.below(2 * half + 1)) - half;
  return sum;
}

std::int64_t scaled(std::int64_t time, std::int64_t ppm) { return time / kMillion * (kMillion + ppm); }

TargetBlock entry_of(const LoopTime& time, std::int64_t drift_ppm, double noise, Rng& rng) {
  const std::int64_t loop_ps = std::llround(time.seconds * 1e12);
  TargetBlock entry;
  entry.target = time.target;
  entry.loops = static_cast<std::uint64_t>(kSlotPs / loop_ps) + 1;
  entry.checksum = kChecksum;
  const std::int64_t block_ps =
      scaled(scaled(loop_ps * static_cast<std::int64_t>(entry.loops), drift_ppm), noise_ppm(rng, noise));
  for (int slot = 0; slot < kSlots; ++slot) {
    const std::int64_t wall_ns = scaled(block_ps, noise_ppm(rng, 0.002)) / 1000;
    entry.wall_s.push_back(static_cast<double>(wall_ns) / 1e9);
    entry.cpu_s.push_back(static_cast<double>(wall_ns - wall_ns / 500) / 1e9);
  }
  return entry;
}

Target target_named(const std::string& name) {
  Target target;
  target.name = name;
  target.side = name.substr(0, name.size() - without_side(name).size());
  if (!target.side.empty()) target.side.pop_back();
  const std::string plain(without_side(name));
  target.slice = plain.substr(0, plain.find('/'));
  target.translator = plain.substr(plain.find('/') + 1);
  target.command = {"/opt/m1bench/libexec/m1bench/m1bench-" + target.slice, "worker"};
  target.available = true;
  Hello hello;
  hello.protocol = 1;
  hello.build_id = "5f0c9b1e2d3a4c7b";
  hello.slice = target.slice;
  hello.arch = target.slice.substr(0, target.slice.find("-v"));
  hello.translator = target.translator;
  hello.compiler = "GCC 12.2.0";
  target.hello = hello;
  return target;
}

struct UsualCase {
  const char* name;
  double baseline_s, other_s;
};
constexpr UsualCase kUsualCases[] = {
    {kGateMatmul, 310e-6, 590e-6}, {kGateAdd, 17.9e-3, 18.1e-3}, {kGateSoftmax, 22.3e-6, 60.1e-6}};

std::vector<LoopTime> times_of(const UsualCase& item, const Slowdowns& slower) {
  const auto found = slower.find(item.name);
  return {{kGateBaseline, item.baseline_s}, {kGateOther, item.other_s * (found == slower.end() ? 1 : found->second)}};
}

}  // namespace

Run gate_run(const std::string& id, const std::vector<std::string>& targets) {
  Run run;
  run.tool.version = "0.1.0";
  run.tool.build_id = "5f0c9b1e2d3a4c7b";
  run.tool.build_type = "Release";
  run.tool.compiler = "GCC 12.2.0";
  run.tool.flags = "-O3";
  run.tool.libraries = {{"Eigen3", "3.4.0"}, {"benchmark", "1.7.1"}};
  run.session.id = id;
  run.session.started = "2025-03-04T10:11:12Z";
  run.session.ended = "2025-03-04T10:12:40Z";
  run.session.seed = 1;
  run.session.arguments = {"m1bench", "run"};
  run.session.command = "run";
  run.session.budget_s = 300;
  run.session.baseline = targets.front();
  run.session.stop_reason = "precision";
  run.session.time_spent_s = {{"verification", 4.5}, {"warm-up", 3.25}, {"slots", 17.25}};
  run.machine.id = "77aa0c1d";
  run.machine.os = "Debian GNU/Linux 12 (bookworm)";
  run.machine.kernel = "6.1.0-18-amd64";
  run.machine.arch = "x86_64";
  run.machine.cpu = "Intel(R) Xeon(R) E-2388G CPU @ 3.20GHz";
  run.machine.logical_cpus = 16;
  run.machine.timer_resolution_s = 1e-9;
  for (const std::string& name : targets) run.targets.push_back(target_named(name));
  return run;
}

Case& add_case(Run& run, const std::string& name, const std::vector<LoopTime>& times) {
  Case item;
  item.name = name;
  item.family = name.substr(0, name.find('/'));
  item.dtype = "f32";
  item.variant = "eigen";
  item.flop = 1e6;
  item.bytes = 3e6;
  item.seed = run.session.seed;
  item.parameters = {{"m", "256"}, {"n", "1000"}};
  for (const LoopTime& time : times) {
    Verification check;
    check.case_name = name;
    check.target = time.target;
    check.status = CheckStatus::right;
    check.input_checksum = "03f5a1b2c3d4e5f6";
    check.output_checksum = kChecksum;
    check.worst_error = 3e-7;
    check.worst_bound = 4e-6;
    check.loop_s = time.seconds;
    check.loops = static_cast<std::uint64_t>(kSlotPs / std::llround(time.seconds * 1e12)) + 1;
    run.verifications.push_back(check);
  }
  return run.cases.emplace_back(item);
}

void add_blocks(Run& run, const std::string& name, const std::vector<LoopTime>& times, const Sample& sample) {
  Rng rng(sample.seed, run.blocks.size());
  for (int round = 0; round < sample.blocks; ++round) {
    Block block;
    block.round = round;
    block.case_name = name;
    block.start_s = static_cast<double>(run.blocks.size());
    block.cpus = {round % 16};
    block.stage = sample.stage;
    const std::int64_t drift_ppm = static_cast<std::int64_t>(rng.below(200'001)) - 100'000;
    for (const LoopTime& time : times) {
      block.targets.push_back(entry_of(time, drift_ppm, sample.noise, rng));
      block.targets.back().position = static_cast<int>(block.targets.size()) - 1;
    }
    run.blocks.push_back(block);
  }
}

Run usual_run(const std::string& id, const Sample& sample, const Slowdowns& slower) {
  Run run = gate_run(id);
  for (const UsualCase& item : kUsualCases) {
    add_case(run, item.name, times_of(item, slower));
    add_blocks(run, item.name, times_of(item, slower), sample);
  }
  return run;
}

Run ab_run(const std::string& id, const Sample& sample, const Slowdowns& slower) {
  const std::string base = std::string("base:") + kGateOther, head = std::string("head:") + kGateOther;
  Run run = gate_run(id, {base, head});
  run.session.command = "ab";
  for (const UsualCase& item : kUsualCases) {
    add_case(run, item.name, {{base, item.other_s}, {head, item.other_s}});
    const auto found = slower.find(item.name);
    add_ab_blocks(run, item.name, sample, found == slower.end() ? 1 : found->second);
  }
  return run;
}

void add_ab_blocks(Run& run, const std::string& name, const Sample& sample, double slower) {
  for (const UsualCase& item : kUsualCases) {
    if (name != item.name) continue;
    add_blocks(run, name,
               {{std::string("base:") + kGateOther, item.other_s}, {std::string("head:") + kGateOther, item.other_s * slower}},
               sample);
  }
}

}  // namespace m1bench

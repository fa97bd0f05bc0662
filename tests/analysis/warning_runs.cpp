// SPDX-License-Identifier: Apache-2.0
#include "analysis/warning_runs.hpp"

#include <cmath>

#include "analysis/ratios.hpp"
#include "analysis/warnings.hpp"
#include "session/limits.hpp"
#include "session/schedule.hpp"

namespace m1bench {
namespace {

constexpr double kSlot_s = 1.05 * Limits{}.slot_s;

Target target_of(const std::string& slice, const std::string& translator) {
  Target target;
  target.name = slice + "/" + translator;
  target.slice = slice;
  target.translator = translator;
  target.available = true;
  Hello hello;
  hello.build_id = "5f0c9b1e2d3a4c7b";
  hello.slice = slice;
  hello.translator = translator;
  hello.arch = slice.starts_with("x86_64") ? "x86_64" : slice;
  hello.cpu_features = hello.arch == "x86_64" ? "x86_64-v2 x86_64-v3 x86_64-v4" : "arm64 arm64-dotprod";
  hello.compiler = "GNU 12.2.0";
  hello.flags = "-O3 -DNDEBUG -march=" + slice + " ";
  target.hello = hello;
  return target;
}

// Slots of about the same length; the target's loops are chosen so.
TargetBlock entry_of(const Target& target, const QuietShape& shape, double block_share, Rng& rng) {
  TargetBlock entry;
  entry.target = target.name;
  entry.loops = target.translator != "native"   ? 100
                : target.name == kQuietBaseline ? 1000
                                                : static_cast<std::uint64_t>(1000 / shape.ratio);
  const double factor = target.translator != "native" ? 10 : target.name == kQuietBaseline ? 1 : shape.ratio;
  const double loop_s = kSlot_s / 1000 * factor * block_share;
  for (int slot = 0; slot < Limits{}.slots; ++slot) {
    entry.wall_s.push_back(loop_s * static_cast<double>(entry.loops) * std::exp(shape.slot_noise * normal_deviate(rng)));
    entry.cpu_s.push_back(0.999 * entry.wall_s.back());
  }
  entry.migrations = 0;
  return entry;
}

Block block_of(const Run& run, const std::string& case_name, int round, const QuietShape& shape, Rng& rng) {
  Block block;
  block.case_name = case_name;
  block.round = round;
  block.canary_s = 0.005 * std::exp(0.01 * normal_deviate(rng));
  const double machine = std::exp(0.05 * normal_deviate(rng));  // all targets of a block suffer the same
  for (const Target& target : run.targets) {
    const double own = std::exp(shape.block_noise * deviate(shape.noise, rng));
    block.targets.push_back(entry_of(target, shape, machine * own, rng));
  }
  const std::vector<std::size_t> order = random_order(run.targets.size(), rng);
  for (std::size_t i = 0; i < order.size(); ++i) block.targets[order[i]].position = static_cast<int>(i);
  const std::vector<int> slots(run.targets.size(), Limits{}.slots);
  for (const std::size_t i : slot_order(slots, rng)) block.turns.push_back(static_cast<int>(i));
  return block;
}

bool precise(const Run& run, std::size_t from) {
  const Limits limits;
  CaseBlocks blocks;
  for (std::size_t i = from; i < run.blocks.size(); ++i) blocks.push_back(&run.blocks[i]);
  if (static_cast<int>(blocks.size()) < limits.min_blocks) return false;
  for (const Target& target : run.targets) {
    if (target.name == kQuietBaseline) continue;
    const Estimate ratio = estimate(log_ratios(blocks, target.name, kQuietBaseline));
    if (*ratio.half_width > (std::abs(ratio.log_ratio) > std::log(limits.wide_ratio) ? limits.wide_precision : limits.precision))
      return false;
  }
  return true;
}

void add_case(Run& run, const std::string& name, const QuietShape& shape, Rng& rng) {
  Case item;
  item.name = name;
  item.variant = "eigen";
  run.cases.push_back(item);
  for (const Target& target : run.targets) {
    Verification check;
    check.case_name = name;
    check.target = target.name;
    check.status = CheckStatus::right;
    run.verifications.push_back(check);
  }
  const std::size_t from = run.blocks.size();
  for (int round = 0; round < shape.blocks && !(shape.stopping && precise(run, from)); ++round) {
    run.blocks.push_back(block_of(run, name, round, shape, rng));
  }
}

}  // namespace

Run quiet_run(const QuietShape& shape) {
  Run run;
  run.tool.build_type = "Release";
  run.tool.translator = "native";
  run.session.id = "c0ffee0123456789";
  run.session.started = "2025-03-04T23:58:00Z";
  run.session.ended = "2025-03-05T00:03:00Z";
  run.session.set = "core";
  run.session.baseline = kQuietBaseline;
  run.session.stop_reason = "precision";
  run.machine.id = "0123";
  run.machine.logical_cpus = 4;
  run.machine.timer_resolution_s = 1e-9;
  run.machine.before = {0.2, 10.0, {{"cpu", 40.0}}, "nominal", false, false};
  run.machine.after = {1.1, 10.5, {{"cpu", 60.0}}, "nominal", false, false};
  run.targets = {target_of("x86_64-v4", "native"), target_of("x86_64-v2", "native"), target_of("arm64", "qemu-user")};
  Rng rng(shape.seed, 0);
  for (int i = 0; i < shape.cases; ++i) add_case(run, "case/" + std::to_string(i), shape, rng);
  return run;
}

void add_control(Run& run) {
  Target control = run.targets[0];
  control.name = "control:" + control.name;
  control.side = "control";
  run.targets.push_back(control);
  for (const Case& item : run.cases) {
    Verification check = run.verifications[0];
    check.case_name = item.name;
    check.target = control.name;
    run.verifications.push_back(check);
  }
  Rng rng(1, 1);
  for (Block& block : run.blocks) {
    TargetBlock entry = block.targets[0];
    entry.target = control.name;
    entry.position = static_cast<int>(block.targets.size());
    const double own = std::exp(0.002 * normal_deviate(rng));
    for (double& wall : entry.wall_s) wall *= own;
    entry.cpu_s = entry.wall_s;
    block.targets.push_back(entry);
  }
}

std::vector<Warning> all_warnings(const Run& run) { return warnings_of(run, summarise(run)); }

std::set<std::string> warning_codes(const Run& run) {
  std::set<std::string> codes;
  for (const Warning& warning : all_warnings(run)) codes.insert(warning.code);
  return codes;
}

}  // namespace m1bench

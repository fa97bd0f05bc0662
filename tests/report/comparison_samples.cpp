// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_samples.hpp"

#include <cmath>
#include <string>

namespace m1bench {
namespace {

constexpr const char* kV2 = "x86_64-v2/native";
constexpr const char* kArm = "arm64/qemu-user";

Change a_change(const std::string& name, const std::string& target, Decision decision, double base_s, double ratio,
                double half_width) {
  Change change;
  change.case_name = name;
  change.target = target;
  change.decision = decision;
  change.margin = 0.05;
  change.base_loop_s = base_s;
  change.head_loop_s = base_s * ratio;
  change.log_change = std::log(ratio);
  change.half_width = half_width;
  change.upper = *change.log_change + 0.83 * half_width;
  change.p = decision == Decision::regressed ? 1e-5 : decision == Decision::unsure ? 0.31 : 0.99;
  change.adjusted_p = std::min(1.0, *change.p * 4);
  change.base_blocks = change.head_blocks = 12;
  return change;
}

Change lost(const std::string& name, const std::string& target, Decision decision, const std::string& cause,
            const std::string& remedy) {
  Change change;
  change.case_name = name;
  change.target = target;
  change.decision = decision;
  change.cause = cause;
  change.remedy = remedy;
  return change;
}

}  // namespace

Comparison ab_comparison() {
  Comparison comparison;
  comparison.pairing = Pairing::blocks;
  comparison.margin = 0.05;
  comparison.control_half_width = 0.0312;
  comparison.changes = {
      a_change("matmul/f32/1000", kV2, Decision::regressed, 18.2e-3, 1.083, 0.011),
      a_change("matmul/f32/1000", kArm, Decision::ok, 7.41, 1.004, 0.018),
      a_change("conv2d/f32/mnist", kV2, Decision::ok, 341e-6, 0.912, 0.009),
      lost("conv2d/f32/mnist", kArm, Decision::wrong,
           "head: element 1729 is 0.5231, should be 0.5194 within 1.1e-05 (3 of 86528 wrong)",
           "find the change that broke it before its time is of any interest"),
      a_change("elementwise/add", kV2, Decision::unsure, 17.9e-3, 1.047, 0.022),
      lost("elementwise/add", kArm, Decision::missing, "the worker died of SIGSEGV in slot 3",
           "run it again with a newer qemu-user"),
      a_change("softmax/32x1000", kV2, Decision::unsure, 22.3e-6, 1.21, 0),
  };
  comparison.changes[0].confirmed = comparison.changes[2].confirmed = true;
  comparison.changes[0].base_blocks = comparison.changes[0].head_blocks = 16;
  comparison.changes[4].margin = 0.0644;
  Change& few = comparison.changes[6];
  few.half_width = few.upper = few.p = few.adjusted_p = std::nullopt;
  few.base_blocks = few.head_blocks = 2;
  few.cause = "only 2 blocks have both";
  few.remedy = "give it more time with --time-budget";
  return comparison;
}

Comparison sessions_comparison() {
  Comparison comparison;
  comparison.margin = 0.03;
  comparison.changes = {a_change("matmul/f32/1000", kV2, Decision::ok, 18.2e-3, 1.004, 0.013),
                        a_change("train/cifar-mlp", kV2, Decision::ok, 24.7e-3, 0.991, 0.012)};
  for (Change& change : comparison.changes) change.margin = 0.03;
  comparison.changes[1].head_blocks = 20;
  comparison.only_in_head = {"softmax/32x1000", "train/cifar-mlp on arm64/qemu-user"};
  comparison.absolute = {a_change("matmul/f32/1000", "x86_64-v4/native", Decision::unsure, 9.1e-3, 1.13, 0.08),
                         a_change("matmul/f32/1000", kV2, Decision::unsure, 18.2e-3, 1.14, 0.08)};
  for (Change& change : comparison.absolute) change.half_width = change.upper = change.p = change.adjusted_p = std::nullopt;
  return comparison;
}

Comparison same_comparison() {
  Comparison comparison = sessions_comparison();
  comparison.pairing = Pairing::same;
  for (Change& change : comparison.changes) {
    change.log_change = 0;
    change.head_loop_s = change.base_loop_s;
    change.half_width = change.upper = change.p = change.adjusted_p = std::nullopt;
  }
  comparison.only_in_head.clear();
  comparison.absolute.clear();
  return comparison;
}

Comparison unlike_comparison() {
  Comparison comparison;
  comparison.margin = 0.05;
  comparison.unlike = {{"machine.cpu", "Intel Xeon Processor @ 2.10GHz", "AMD EPYC 7763 64-Core Processor"},
                       {"parameters.m of matmul/f32/1000 and 3 more", "1000", "1024"},
                       {"environment.QEMU_CPU of arm64/qemu-user", "none", "max"}};
  return comparison;
}

Comparison forced_comparison() {
  Comparison comparison = unlike_comparison();
  comparison.forced = true;
  comparison.changes = {a_change("matmul/f32/1000", kV2, Decision::unsure, 18.2e-3, 1.062, 0.031)};
  return comparison;
}

Comparison empty_comparison() {
  Comparison comparison;
  comparison.margin = 0.05;
  comparison.only_in_head = {"softmax/32x1000"};
  return comparison;
}

Comparison hostile_comparison() {
  const std::string evil = "a|b`c`<img src=x>]]>&'\x1b[2J\xE2\x80\xAE" "*_x_*\n# fake\xFF\xEF\xBF\xBE,\"q\"" +
                           std::string(1, '\0') + "\x0B";
  Comparison comparison = ab_comparison();
  for (Change& change : comparison.changes) change.case_name += evil, change.target += evil;
  comparison.changes[3].cause = comparison.changes[3].remedy = evil;
  comparison.unlike = {{evil, evil, evil}};
  comparison.forced = true;
  comparison.only_in_head = {evil};
  comparison.absolute = {comparison.changes[0]};
  return comparison;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain_runs.hpp"

#include <cmath>

#include "bench/case_spec.hpp"

namespace m1bench {
namespace {

constexpr int kBlocks = 5;

Target target_named(const std::string& name, const std::string& host) {
  Target target;
  target.name = name;
  target.slice = name.substr(0, name.find('/'));
  target.translator = name.substr(name.find('/') + 1);
  target.command = {"/opt/m1bench/libexec/m1bench/m1bench-" + target.slice, "worker"};
  target.available = true;
  Hello hello;
  hello.slice = target.slice;
  hello.arch = target.slice.substr(0, target.slice.find('-'));
  hello.translator = target.translator;
  hello.cpu = host;
  target.hello = hello;
  return target;
}

RateUnit rate_of(Rate rate) {
  return rate == Rate::flops   ? RateUnit::flops
         : rate == Rate::ops   ? RateUnit::ops
         : rate == Rate::bytes ? RateUnit::bytes
                               : RateUnit::samples;
}

Case case_of(const std::string& name) {
  Case item;
  item.name = name;
  for (const CaseSpec& spec : catalogue()) {
    if (spec.name != name) continue;
    item.family = spec.family;
    item.dtype = spec.dtype;
    item.variant = spec.variant;
    item.rate = rate_of(spec.rate);
    item.flop = spec.flop;
    item.bytes = spec.bytes;
    item.samples = spec.samples;
    item.parameters = {spec.parameters.begin(), spec.parameters.end()};
  }
  return item;
}

}  // namespace

Run timed_run(const std::string& host, const std::vector<std::string>& targets, const std::vector<TimedCase>& cases) {
  Run run;
  run.machine.arch = host;
  run.machine.cpu = host == "arm64" ? "Apple M1" : "AMD EPYC";
  run.machine.logical_cpus = 8;
  run.session.id = "0123456789abcdef";
  run.tool.version = "0.1.0";
  run.session.command = "run";
  run.session.baseline = targets.front();
  for (const std::string& name : targets) run.targets.push_back(target_named(name, run.machine.cpu));
  for (const TimedCase& timed : cases) {
    run.cases.push_back(case_of(timed.name));
    for (int b = 0; b < kBlocks; ++b) {
      Block& block = run.blocks.emplace_back();
      block.case_name = timed.name;
      block.round = b;
    }
    for (std::size_t t = 0; t < targets.size(); ++t) {
      if (timed.loop_s[t] > 0) set_loop(run, timed.name, targets[t], timed.loop_s[t]);
    }
  }
  return run;
}

void set_loop(Run& run, const std::string& case_name, const std::string& target, double loop_s) {
  for (Block& block : run.blocks) {
    if (block.case_name != case_name) continue;
    TargetBlock* entry = nullptr;
    for (TargetBlock& known : block.targets) {
      if (known.target == target) entry = &known;
    }
    if (!entry) entry = &block.targets.emplace_back();
    entry->target = target;
    entry->loops = 1;
    entry->wall_s = entry->cpu_s = {loop_s, loop_s, loop_s};
  }
}

void drop_case(Run& run, const std::string& case_name) {
  std::erase_if(run.cases, [&](const Case& item) { return item.name == case_name; });
  std::erase_if(run.blocks, [&](const Block& block) { return block.case_name == case_name; });
}

void drop_target(Run& run, const std::string& target) {
  std::erase_if(run.targets, [&](const Target& known) { return known.name == target; });
  for (Block& block : run.blocks) std::erase_if(block.targets, [&](const TargetBlock& entry) { return entry.target == target; });
}

Run rosetta_run() {
  return timed_run("arm64", {"arm64/native", "x86_64-v2/rosetta2", "x86_64-v3/rosetta2"},
                   {{"matmul/f32/512", {2.9e-3, 8.0e-3, 3.9e-3}},
                    {"matmul/i8/1024", {3.2e-3, 22.4e-3, 15.1e-3}},
                    {"infer/mnist-cnn-f32", {18e-6, 47e-6, 30e-6}},
                    {"infer/mnist-cnn-int8", {9e-6, 52e-6, 41e-6}},
                    {"elementwise/add", {3.5e-3, 3.6e-3, 3.58e-3}},
                    {"elementwise/relu", {2.4e-3, 2.402e-3, 2.403e-3}},
                    {"elementwise/exp", {8.0e-3, 22.0e-3, 15.0e-3}},
                    {"softmax/32x1000", {17e-6, 46e-6, 31e-6}},
                    {"train/cifar-mlp", {24e-3, 60e-3, 36e-3}},
                    {"bound/f32", {220e-6, 435e-6, 245e-6}},
                    {"bound/f64", {440e-6, 870e-6, 490e-6}},
                    {"bound/i8", {110e-6, 760e-6, 520e-6}},
                    {"bound/triad", {3.4e-3, 3.5e-3, 3.48e-3}},
                    {"startup/noop", {3e-3, 14e-3, 16e-3}}});
}

Run apart_run() {
  return timed_run("x86_64", {"x86_64-v4/native", "x86_64-v2/native", "x86_64-v2/box64"},
                   {{"matmul/f32/512", {2.7e-3, 7.8e-3, 15.6e-3}}, {"bound/f32", {195e-6, 450e-6, 820e-6}}});
}

}  // namespace m1bench

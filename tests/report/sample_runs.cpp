// SPDX-License-Identifier: Apache-2.0
#include "report/sample_runs.hpp"

#include "m1bench/core/rng.hpp"

namespace m1bench {
namespace {

Target target(const std::string& slice, const std::string& translator, std::vector<std::string> command) {
  Target result;
  result.name = slice + "/" + translator;
  result.slice = slice;
  result.translator = translator;
  result.command = std::move(command);
  result.command.push_back("worker");
  result.available = true;
  Hello hello;
  hello.protocol = 1;
  hello.build_id = "5f0c9b1e2d3a4c7b";
  hello.slice = slice;
  hello.arch = slice.substr(0, slice.find("-v"));
  hello.translator = translator;
  hello.compiler = "GCC 12.2.0";
  hello.flags = "-O3 -march=" + (hello.arch == "arm64" ? std::string("armv8-a") : "x86-64" + slice.substr(6));
  hello.simd = hello.arch == "arm64" ? "NEON" : slice == "x86_64-v4" ? "AVX512" : "SSE4.2";
  hello.cpu = "Intel Xeon Processor @ 2.10GHz";
  result.hello = hello;
  return result;
}

Case a_case(const std::string& name, RateUnit rate, double amount) {
  Case result;
  result.name = name;
  result.family = name.substr(0, name.find('/'));
  result.dtype = "f32";
  result.variant = "eigen";
  result.rate = rate;
  (rate == RateUnit::flops ? result.flop : rate == RateUnit::bytes ? result.bytes : result.samples) = amount;
  result.seed = 1;
  return result;
}

struct Timing {
  std::string target;
  double loop_s;
  int blocks;
  int slots;
};

// Blocks of one case; what one block suffers, all its targets suffer, and each slot has some noise of its own.
void add_blocks(Run& run, const std::string& name, const std::vector<Timing>& timings) {
  Rng rng(42, run.blocks.size());
  // In millionths and without a product, which some compilers would fuse into the sum: the golden files keep every bit.
  const auto noise = [&](std::uint32_t ppm) { return (1e6 - ppm / 2 + rng.below(ppm)) / 1e6; };
  for (int round = 0; round < timings.front().blocks; ++round) {
    Block block;
    block.round = round;
    block.case_name = name;
    block.start_s = 10.0 * round;
    block.cpus = {round % 2};
    const double drift = noise(200'000);
    for (const Timing& timing : timings) {
      if (round >= timing.blocks) continue;
      TargetBlock entry;
      entry.target = timing.target;
      entry.position = static_cast<int>(block.targets.size());
      entry.loops = timing.loop_s > 0.02 ? 1 : static_cast<std::uint64_t>(0.02 / timing.loop_s) + 1;
      const double own = noise(20'000);
      for (int slot = 0; slot < timing.slots; ++slot) {
        entry.wall_s.push_back(timing.loop_s * static_cast<double>(entry.loops) * drift * own * noise(10'000));
        entry.cpu_s.push_back(entry.wall_s.back() * 0.998);
      }
      entry.max_rss_bytes = 48 << 20;
      entry.checksum = "9d1f03c2a7b84e65";
      block.targets.push_back(entry);
    }
    run.blocks.push_back(block);
  }
}

void verified(Run& run, const std::string& name, const std::string& on, CheckStatus status, const std::string& cause = "",
              const std::string& remedy = "") {
  Verification check;
  check.case_name = name;
  check.target = on;
  check.status = status;
  check.cause = cause;
  check.remedy = remedy;
  check.worst_error = 3e-7;
  check.worst_bound = 4e-6;
  check.loops = 1;
  run.verifications.push_back(check);
}

Run empty_run() {
  Run run;
  run.tool = {"0.1.0",
              "1a2b3c4",
              false,
              "5f0c9b1e2d3a4c7b",
              "Release",
              "GCC 12.2.0",
              "-O3",
              false,
              {{"Eigen", "3.4.0"}, {"fmt", "9.1.0"}},
              "native"};
  run.session.id = "c0ffee0123456789";
  run.session.started = "2025-03-04T10:11:12Z";
  run.session.ended = "2025-03-04T10:14:40Z";
  run.session.seed = 20250304;
  run.session.arguments = {"m1bench", "all", "--output", "~/results/run one.json"};
  run.session.command = "all";
  run.session.set = "core";
  run.session.budget_s = 300;
  run.session.stop_reason = "precision";
  run.session.time_spent_s = {{"verify", 41.5}, {"warm-up", 38.25}, {"slots", 128.25}};
  run.machine.timer_resolution_s = 1e-9;
  return run;
}

constexpr const char* kV4 = "x86_64-v4/native";
constexpr const char* kV2 = "x86_64-v2/native";
constexpr const char* kArm = "arm64/qemu-user";

void add_linux_cases(Run& run, int blocks, int slots) {
  run.cases = {a_case("matmul/f32/1000", RateUnit::flops, 2e9), a_case("conv2d/f32/mnist", RateUnit::flops, 12.5e6),
               a_case("elementwise/add", RateUnit::bytes, 201e6), a_case("softmax/32x1000", RateUnit::bytes, 256e3),
               a_case("train/cifar-mlp", RateUnit::samples, 32)};
  for (const Case& item : run.cases) {
    verified(run, item.name, kV4, CheckStatus::right);
    verified(run, item.name, kV2, CheckStatus::right);
  }
  verified(run, "matmul/f32/1000", kArm, CheckStatus::right);
  verified(run, "conv2d/f32/mnist", kArm, CheckStatus::wrong, "element 1729 is 0.5231 and should be 0.5194, with 1.1e-05 allowed",
           "try a newer qemu-user, and report it to its authors if it stays");
  verified(run, "elementwise/add", kArm, CheckStatus::right);
  verified(run, "softmax/32x1000", kArm, CheckStatus::right);
  verified(run, "train/cifar-mlp", kArm, CheckStatus::skipped, "about 70 s a loop", "raise --time-budget, now 5 min");
  run.failures = {{"softmax/32x1000", kArm, "the worker died of SIGSEGV in slot 3",
                   "run it again with --keep-going and a newer qemu-user"}};
  add_blocks(run, "matmul/f32/1000", {{kV4, 18.2e-3, blocks, slots}, {kV2, 35.4e-3, blocks, slots}, {kArm, 7.41, 1, 1}});
  add_blocks(run, "conv2d/f32/mnist", {{kV4, 341e-6, blocks, slots}, {kV2, 498e-6, blocks, slots}});
  add_blocks(run, "elementwise/add",
             {{kV4, 17.9e-3, blocks, slots}, {kV2, 17.92e-3, blocks, slots}, {kArm, 0.412, blocks, slots}});
  add_blocks(run, "softmax/32x1000", {{kV4, 22.3e-6, blocks, slots}, {kV2, 60.1e-6, blocks, slots}, {kArm, 1.9e-3, 2, slots}});
  add_blocks(run, "train/cifar-mlp", {{kV4, 25.4e-3, blocks, slots}, {kV2, 24.7e-3, blocks, slots}});
}

Run linux_machine() {
  Run run = empty_run();
  run.machine.os = "Debian GNU/Linux 12 (bookworm)";
  run.machine.kernel = "6.1.0-18-amd64";
  run.machine.arch = "x86_64";
  run.machine.cpu = "Intel Xeon Processor @ 2.10GHz";
  run.machine.logical_cpus = 2;
  run.machine.memory_bytes = 8'331'771'904;
  run.machine.virtual_machine = "KVM";
  run.machine.levels = {{"", 2, 32768, 1048576, std::nullopt}};
  run.session.baseline = kV4;
  run.targets = {target("x86_64-v4", "native", {"/opt/m1bench/libexec/m1bench/m1bench-x86_64-v4"}),
                 target("x86_64-v2", "native", {"/opt/m1bench/libexec/m1bench/m1bench-x86_64-v2"}),
                 target("arm64", "qemu-user", {"qemu-aarch64", "/opt/m1bench/libexec/m1bench/m1bench-arm64"}),
                 target("arm64-dotprod", "qemu-user", {"qemu-aarch64", "/opt/m1bench/libexec/m1bench/m1bench-arm64-dotprod"})};
  run.targets[2].translator_version = "qemu-aarch64 7.2.15";
  Target& absent = run.targets[3];
  absent.available = false;
  absent.hello.reset();
  absent.cause = "the worker died of SIGILL before it said hello";
  absent.remedy = "use a CPU or an emulator with the dot product instructions, or leave this slice out";
  return run;
}

}  // namespace

Run linux_run() {
  Run run = linux_machine();
  add_linux_cases(run, 12, 6);
  return run;
}

Run quick_run() {
  Run run = linux_machine();
  run.session.quick = true;
  add_linux_cases(run, 5, 4);
  return run;
}

Run bounded_run() {
  Run run = linux_machine();
  run.targets.pop_back();  // the one that does not start
  struct Row {
    Case item;
    double v4_s, v2_s, arm_s;
  };
  Row rows[] = {{a_case("matmul/f32/1000", RateUnit::flops, 2e9), 18.2e-3, 35.4e-3, 7.41},
                {a_case("elementwise/add", RateUnit::bytes, 201.3e6), 17.9e-3, 17.92e-3, 66.7e-3},
                {a_case("reduce/sum", RateUnit::bytes, 67.1e6), 4.2e-3, 4.3e-3, 49.2e-3},
                {a_case("train/cifar-mlp", RateUnit::samples, 32), 25.4e-3, 54.7e-3, 6.73},
                {a_case("bound/f32", RateUnit::flops, 25.17e6), 160e-6, 421e-6, 96e-3},
                {a_case("bound/triad", RateUnit::bytes, 201.3e6), 14.1e-3, 14.2e-3, 55e-3}};
  rows[3].item.flop = 1757.568e6;
  for (const Row& row : rows) {
    run.cases.push_back(row.item);
    for (const Target& item : run.targets) verified(run, row.item.name, item.name, CheckStatus::right);
    const int arm_blocks = row.arm_s > 1 ? 2 : 12;
    add_blocks(run, row.item.name, {{kV4, row.v4_s, 12, 6}, {kV2, row.v2_s, 12, 6}, {kArm, row.arm_s, arm_blocks, 2}});
  }
  return run;
}

Run mac_run() {
  Run run = empty_run();
  run.machine.os = "macOS 15.6 (24G84)";
  run.machine.arch = "arm64";
  run.machine.cpu = "Apple M1";
  run.machine.logical_cpus = 8;
  run.machine.memory_bytes = 17'179'869'184;
  const std::string native = "arm64/native", rosetta = "x86_64-v2/rosetta2";
  run.session.baseline = native;
  run.targets = {target("arm64", "native", {"/usr/bin/arch", "-arm64", "/usr/local/bin/m1bench"}),
                 target("x86_64-v2", "rosetta2", {"/usr/bin/arch", "-x86_64", "/usr/local/bin/m1bench"})};
  for (Target& item : run.targets) item.hello->cpu = item.translator == "native" ? "Apple M1" : "VirtualApple @ 2.50GHz";
  struct Row {
    Case item;
    double native_s, rosetta_s;
  };
  const Row rows[] = {{a_case("matmul/f32/1000", RateUnit::flops, 2e9), 21.4e-3, 64.9e-3},
                      {a_case("gemm/f32/32x3000x3072", RateUnit::flops, 589.8e6), 9.1e-3, 21.7e-3},
                      {a_case("elementwise/add-scalar", RateUnit::bytes, 134.2e6), 2.31e-3, 2.33e-3},
                      {a_case("elementwise/exp", RateUnit::bytes, 134.2e6), 13.7e-3, 25.2e-3},
                      {a_case("train/cifar-mlp", RateUnit::samples, 32), 24.9e-3, 58.8e-3},
                      {a_case("infer/mnist-cnn-int8", RateUnit::samples, 1), 98.3e-6, 171e-6}};
  for (const Row& row : rows) {
    run.cases.push_back(row.item);
    verified(run, row.item.name, native, CheckStatus::right);
    verified(run, row.item.name, rosetta, CheckStatus::right);
    add_blocks(run, row.item.name, {{native, row.native_s, 12, 6}, {rosetta, row.rosetta_s, 12, 6}});
  }
  return run;
}

Run counted_run() {
  Run run = mac_run();
  run.cases.resize(3);
  run.verifications.resize(6);
  std::erase_if(run.blocks, [&](const Block& block) { return !find_case(run, block.case_name) || block.round >= 4; });
  for (Block& block : run.blocks) {
    for (TargetBlock& entry : block.targets) {
      const bool translated = entry.target != run.session.baseline, brief = block.case_name == run.cases[2].name;
      const std::uint64_t instructions = entry.loops * (translated ? 3 : 1) * 120'000'000;
      entry.counters = Counters{entry.loops, brief ? 0.2 : 0.3, instructions + static_cast<std::uint64_t>(block.round) * 100'000,
                                instructions / 4, translated ? 3.0 : 1.25, translated ? 0.96 : 1, 52'000'000};
    }
  }
  return run;
}

Run hostile_run() {
  Run run = linux_machine();
  const std::string evil = "a|b`c`<img src=x>\x1b[2J\xE2\x80\xAE" "*_x_*\n# fake\xFF,\"q\"";
  run.targets[1].name = "=cmd|' /C calc'!A0";
  run.targets[1].hello->compiler = run.targets[1].hello->flags = run.targets[1].hello->simd = evil;
  run.targets[1].command = {evil, "$(reboot)"};
  run.targets[3].cause = run.targets[3].remedy = evil;
  run.machine.cpu = run.machine.os = evil;
  run.cases = {a_case("x/" + evil, RateUnit::flops, 1e9), a_case("-2+3", RateUnit::bytes, 1e6)};
  run.warnings = {{evil, evil, evil, evil, evil}};
  run.failures = {{"-2+3", kArm, evil, evil}};
  add_blocks(run, run.cases[0].name, {{kV4, 1e-3, 12, 2}, {run.targets[1].name, 2e-3, 12, 2}, {kArm, 3e-3, 12, 2}});
  return run;
}

}  // namespace m1bench

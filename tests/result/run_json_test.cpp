// SPDX-License-Identifier: Apache-2.0
#include "result/run_json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "m1bench/core/error.hpp"
#include "support/data_error.hpp"

namespace m1bench {
namespace {

// One case on two targets, with every optional field used somewhere and empty somewhere.
Run small_run() {
  Run run;
  run.tool.version = "0.1.0";
  run.tool.libraries = {{"Eigen", "3.4.0"}};
  run.session.seed = ~0ULL;
  run.session.baseline = "a/native";
  run.session.arguments = {"m1bench", "run", ""};
  run.session.time_spent_s = {{"slots", 1.5}};
  run.machine.levels = {{"Performance", 4, 131072, std::nullopt, std::nullopt}};
  run.machine.governor = "performance";
  run.machine.before.thermal_c = {{"x86_pkg_temp", -3.5}};
  run.machine.after.on_battery = false;
  Target a, b;
  a.name = "a/native";
  a.available = true;
  a.hello = Hello{1, "id", "arm64", "arm64", "native", "cpu", "", "NEON", "clang", "-O3", "a note", "OpenBLAS 0.3.21 SkylakeX"};
  a.cold_start_s = 1.25;
  a.environment = {{"LANG", "C"}};
  a.slowdown = {{"matmul/f32/64", 1.05}};
  b.name = "b/qemu-user";
  b.cause = "qemu-user is not installed";
  run.targets = {a, b};
  Case item;
  item.name = "matmul/f32/64";
  item.rate = RateUnit::samples;
  item.parameters = {{"m", "64"}};
  run.cases = {item};
  Verification check;
  check.case_name = item.name;
  check.target = a.name;
  check.status = CheckStatus::right;
  check.losses = {2.5, 0.1 + 0.2};
  run.verifications = {check};
  TargetBlock entry;
  entry.target = a.name;
  entry.loops = 3;
  entry.wall_s = {1.0 / 3, 3e-12, 1.25e9};
  entry.cpu_s = {0, 1, 2};
  entry.page_faults = 7;
  entry.allocated_bytes = 1ULL << 33;
  entry.counters = Counters{12, 0.25, ~0ULL, {}, 0.125, 1, {}};
  Block block;
  block.case_name = item.name;
  block.start_s = 0.25;
  block.cpus = {0, 1};
  block.canary_s = 0.005;
  block.turns = {0, 0, 0};
  block.targets = {entry};
  run.blocks = {block};
  run.failures = {{"", b.name, "cause", "remedy"}};
  run.warnings = {{"code", item.name, a.name, "message", "remedy"}};
  return run;
}

// The document with the first `from` replaced.
std::string with(const std::string& from, const std::string& to) {
  std::string text = to_json(small_run());
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::logic_error(from + " is not in the document");
  return text.replace(at, from.size(), to);
}

std::string refusal(const std::string& text) {
  return data_error_of([&] { run_from_json(text); });
}

TEST(RunJson, ComesBackToTheLastBit) {
  const std::string text = to_json(small_run());
  const m1bench::Run run = run_from_json(text);
  EXPECT_EQ(to_json(run), text);
  EXPECT_EQ(run.session.seed, ~0ULL);
  EXPECT_EQ(run.blocks.at(0).targets.at(0).wall_s, (std::vector<double>{1.0 / 3, 3e-12, 1.25e9}));
  EXPECT_EQ(run.blocks.at(0).targets.at(0).page_faults, 7u);
  EXPECT_EQ(run.blocks.at(0).targets.at(0).allocated_bytes, 1ULL << 33);
  const Counters& counters = run.blocks.at(0).targets.at(0).counters.value();
  EXPECT_EQ(counters.loops, 12u);
  EXPECT_EQ(counters.instructions, ~0ULL);
  EXPECT_EQ(counters.cycles, std::nullopt);
  EXPECT_EQ(counters.energy_j, 0.125);
  EXPECT_EQ(run.targets.at(0).cold_start_s, 1.25);
  EXPECT_EQ(run.targets.at(1).cold_start_s, std::nullopt);
  EXPECT_EQ(run.blocks.at(0).targets.at(0).max_rss_bytes, std::nullopt);
  EXPECT_EQ(run.cases.at(0).rate, RateUnit::samples);
  EXPECT_EQ(run.targets.at(0).hello->note, "a note");
  EXPECT_EQ(run.targets.at(0).hello->blas, "OpenBLAS 0.3.21 SkylakeX");
  EXPECT_FALSE(run.targets.at(1).hello);
  EXPECT_EQ(run.machine.levels.at(0).l1d_bytes, 131072u);
}

TEST(RunJson, TellsWhatJsonCannotSay) {
  m1bench::Run run = small_run();
  run.verifications[0].worst_error = std::numeric_limits<double>::quiet_NaN();
  run.verifications[0].losses = {std::numeric_limits<double>::infinity(), -1e-9};
  run.targets[0].hello->note = "\xFF\x1b[2J";
  const m1bench::Run back = run_from_json(to_json(run));
  EXPECT_TRUE(std::isinf(back.verifications[0].worst_error));
  EXPECT_TRUE(std::isinf(back.verifications[0].losses[0]));
  EXPECT_EQ(back.verifications[0].losses[1], -1e-9);
  EXPECT_EQ(back.targets[0].hello->note, "\xEF\xBF\xBD\x1b[2J");
}

TEST(RunJson, NewerMinorVersionsAndAbsentOptionalsAreRead) {
  EXPECT_NO_THROW(run_from_json(with("\"tool\": {", "\"later\": [{}], \"tool\": {\"later\": null,")));
  EXPECT_NO_THROW(run_from_json(with("\"governor\": \"performance\",", "")));
}

TEST(RunJson, NamesThePlaceOfWhatItRefuses) {
  struct Row {
    const char *name, *from, *to, *says;
  };
  const Row rows[] = {
      {"newer version", "\"schema_version\": 1", "\"schema_version\": 2",
       "has schema version 2, and this m1bench reads version 1"},
      {"older version", "\"schema_version\": 1", "\"schema_version\": 0", "has schema version 0"},
      {"no version", "\"schema_version\": 1", "\"x\": 1", "it has no schema_version"},
      {"version of another type", "\"schema_version\": 1", "\"schema_version\": 1.5", "it has no schema_version"},
      {"missing key", "\"loops\": 3", "\"x\": 3", "blocks[0].targets[0] has no \"loops\""},
      {"missing list", "\"wall_s\"", "\"x\"", "blocks[0].targets[0] has no \"wall_s\""},
      {"negative time", "1250000000.0", "-1.0", "blocks[0].targets[0].wall_s[2] is negative"},
      {"null time", "1250000000.0", "null", "blocks[0].targets[0].wall_s[2] is not a number"},
      {"text for a time", "1250000000.0", "\"1\"", "blocks[0].targets[0].wall_s[2] is not a number"},
      {"NaN", "1250000000.0", "NaN", "is not JSON from byte"},
      {"too large for a double", "1250000000.0", "1e+309", "is not JSON from byte"},
      {"too large", "\"flop\": 0.0", "\"flop\": 1.1e24", "cases[0].flop is too large"},
      {"too small", "\"bytes\": 0.0", "\"bytes\": 5e-324", "cases[0].bytes is too small"},
      {"too much energy", "\"energy_j\": 0.125", "\"energy_j\": 1e308", "blocks[0].targets[0].counters.energy_j is too large"},
      {"more CPU time than there is", "\"cpu_s\": [", "\"cpu_s\": [1e300,", "blocks[0].targets[0].cpu_s[0] is too large"},
      {"slots of unequal length", "1250000000.0", "1250000000.0, 1.0", "blocks[0].targets[0] has not as many cpu_s as wall_s"},
      {"no loops", "\"loops\": 3", "\"loops\": 0", "blocks[0].targets[0].loops is 0"},
      {"negative count", "\"loops\": 3", "\"loops\": -3", "blocks[0].targets[0].loops is negative"},
      {"fractional count", "\"loops\": 3", "\"loops\": 3.5", "blocks[0].targets[0].loops is not a whole number"},
      {"huge count", "\"round\": 0", "\"round\": 4294967296", "blocks[0].round is too large"},
      {"negative canary", "\"canary_s\": 0.005", "\"canary_s\": -0.005", "blocks[0].canary_s is negative"},
      {"text for a canary", "\"canary_s\": 0.005", "\"canary_s\": \"5 ms\"", "blocks[0].canary_s is not a number"},
      {"negative turn", "\"turns\": [", "\"turns\": [-1,", "blocks[0].turns[0] is negative"},
      {"number for a flag", "\"superseded\": false", "\"superseded\": 0", "blocks[0].superseded is not true or false"},
      {"negative slowdown", "1.05", "-1.05", "targets[0].slowdown.matmul/f32/64 is negative"},
      {"no temperature", "-3.5", "null", "machine.before.thermal_c has no temperature for \"x86_pkg_temp\""},
      {"text for a temperature", "-3.5", "\"warm\"", "machine.before.thermal_c.x86_pkg_temp is not a number or null"},
      {"text for a merged shard", "\"merged\": []", "\"merged\": [\"1f\"]", "session.merged[0] is not an object"},
      {"merged shard without machine", "\"merged\": []",
       "\"merged\": [{\"session\": \"\", \"started\": \"\", \"ended\": \"\", \"stop_reason\": \"\"}]",
       "session.merged[0] has no \"machine\""},
      {"unknown rate", "\"samples\"", "\"parsecs\"", "cases[0].rate has a value this version does not know"},
      {"number for text", "\"0.1.0\"", "1", "tool.version is not text"},
      {"text for a flag", "\"dirty\": false", "\"dirty\": \"no\"", "tool.dirty is not true or false"},
      {"object for an array", "\"warnings\": [", "\"warnings\": {}, \"x\": [", "warnings is not an array"},
      {"repeated key", "\"tool\": {", "\"tool\": {}, \"tool\": {", "has the key \"tool\" twice in one object"},
      {"repeated target", "b/qemu-user", "a/native", "targets[1].name repeats \"a/native\""},
      {"nameless target", "b/qemu-user", "", "targets[1].name is empty"},
      {"unknown baseline", "\"baseline\": \"a/native\"", "\"baseline\": \"x\"", "session.baseline names \"x\""},
      {"unknown case", "\"round\": 0,\n      \"case\": \"matmul/f32/64\"", "\"round\": 0, \"case\": \"x\"",
       "blocks[0].case names \"x\""},
      {"unknown target of a failure", "\"case\": \"\",\n      \"target\": \"b/qemu-user\"", "\"case\": \"\", \"target\": \"x\"",
       "failures[0].target names \"x\""},
  };
  for (const Row& row : rows) {
    const std::string refused = refusal(with(row.from, row.to));
    EXPECT_NE(refused.find(row.says), std::string::npos) << row.name << ": " << refused;
    EXPECT_EQ(refused.find('\n'), std::string::npos) << row.name;
    EXPECT_NE(refused.find("; "), std::string::npos) << row.name << " has a remedy: " << refused;
  }
}

TEST(RunJson, RefusesRepeatedEntries) {
  m1bench::Run run = small_run();
  run.blocks[0].targets.push_back(run.blocks[0].targets[0]);
  EXPECT_NE(refusal(to_json(run)).find("blocks[0].targets[1].target repeats \"a/native\""), std::string::npos);
  run = small_run();
  run.verifications.push_back(run.verifications[0]);
  EXPECT_NE(refusal(to_json(run)).find("verifications[1] repeats"), std::string::npos);
  run = small_run();
  run.cases.push_back(run.cases[0]);
  EXPECT_NE(refusal(to_json(run)).find("cases[1].name repeats"), std::string::npos);
}

TEST(RunJson, HostileSizesAreRefusedEarly) {
  const auto repeated = [](const std::string& piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += piece;
    return text;
  };
  const std::pair<std::string, const char*> rows[] = {
      {"", "is not JSON from byte"},
      {"{", "is not JSON from byte"},
      {"[]", "it has no schema_version"},
      {"1", "it has no schema_version"},
      {std::string("\0", 1), "is not JSON from byte"},
      {std::string(65 << 20, ' '), "is larger than 65536 KiB"},
      {repeated("[", 1 << 20), "is nested deeper than 32 levels"},
      {repeated("{\"a\":", 1 << 20), "is nested deeper than 32 levels"},
      {"[" + repeated("0,", 5'000'000) + "0]", "holds more than 4000000 values"},
      {"{\"schema_version\": 99999999999999999999999}", "it has no schema_version"},
      {to_json(small_run()) + "{}", "is not JSON from byte"},
  };
  for (const auto& [text, says] : rows) {
    EXPECT_NE(refusal(text).find(says), std::string::npos) << text.substr(0, 20) << ": " << refusal(text);
  }
}

TEST(Model, Finders) {
  const m1bench::Run run = small_run();
  EXPECT_EQ(find_target(run, "b/qemu-user"), &run.targets[1]);
  EXPECT_EQ(find_target(run, "x"), nullptr);
  EXPECT_EQ(find_case(run, "matmul/f32/64"), &run.cases[0]);
  EXPECT_EQ(find_case(run, ""), nullptr);
  EXPECT_EQ(find_verification(run, "matmul/f32/64", "a/native"), &run.verifications[0]);
  EXPECT_EQ(find_verification(run, "matmul/f32/64", "b/qemu-user"), nullptr);
}

}  // namespace
}  // namespace m1bench

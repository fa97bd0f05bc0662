// SPDX-License-Identifier: Apache-2.0
#include "report/wording.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "m1bench/core/error.hpp"
#include "report/escape.hpp"
#include "report/formats.hpp"
#include "report/gbench_json.hpp"
#include "report/markdown.hpp"
#include "report/sample_runs.hpp"
#include "report/table.hpp"
#include "report/terminal.hpp"

namespace m1bench {
namespace {

TEST(Wording, RatioNumbers) {
  const std::pair<double, const char*> rows[] = {{1.9412, "1.94"},   {1, "1.00"},     {9.994, "9.99"},  {9.996, "10.0"},
                                                 {40.44, "40.4"},    {404.2, "404"},  {1234.6, "1235"}, {0.5, "0.500"},
                                                 {0.0312, "0.0312"}, {0.0999, "0.0999"}};
  for (const auto& [ratio, text] : rows) EXPECT_EQ(ratio_number(ratio), text) << ratio;
}

TEST(Wording, RatioIsAlwaysTimesTheTime) {
  EXPECT_EQ(ratio_text({std::log(1.94), 0.02, 12, std::nullopt, 0}), "takes 1.94x the time [1.90, 1.98]");
  EXPECT_EQ(ratio_text({std::log(404.0), std::nullopt, 1, std::nullopt, 0}), "takes 404x the time (1 block, no interval)");
  EXPECT_EQ(ratio_text({0, std::nullopt, 2, std::nullopt, 0}), "takes 1.00x the time (2 blocks, no interval)");
}

TEST(Wording, RatesSayWhatIsCounted) {
  TargetSummary target;
  EXPECT_EQ(rate_text(RateUnit::ops, target), "-");
  target.rate = 157e9;
  const std::pair<RateUnit, const char*> rows[] = {
      {RateUnit::flops, "157 GFLOP/s"}, {RateUnit::ops, "157 GOP/s"}, {RateUnit::bytes, "157 GB/s"}};
  for (const auto& [unit, text] : rows) EXPECT_EQ(rate_text(unit, target), text);
  EXPECT_EQ(unit_noun(RateUnit::flops), "flop");
  EXPECT_EQ(unit_noun(RateUnit::ops), "op");
  EXPECT_EQ(unit_noun(RateUnit::bytes), "byte");
  EXPECT_EQ(unit_noun(RateUnit::samples), "sample");
}

TEST(Wording, MemoryIsToldOfCasesThatCountIt) {
  m1bench::Run run = mac_run();
  const std::string name = run.cases[0].name;
  EXPECT_TRUE(memory_texts(summarise(run), escape_terminal).empty());
  std::uint64_t peak = 64 << 20;
  for (Block& block : run.blocks) {
    if (block.case_name != name) continue;
    for (TargetBlock& entry : block.targets) {
      entry.max_rss_bytes = peak;
      entry.allocated_bytes = 3 << 19;
      peak = 32 << 20;  // the greatest counts
    }
  }
  const std::vector<std::string> texts = memory_texts(summarise(run), escape_terminal);
  ASSERT_EQ(texts.size(), 2u);
  EXPECT_EQ(texts[0], name + " on " + run.session.baseline + ": peak 64.0 MiB, 1.50 MiB allocated a loop");
  EXPECT_NE(terminal_report(run, {80, false}).find("1.50 MiB allocated a loop\n"), std::string::npos);
  EXPECT_NE(markdown_report(run).find("\n## Memory\n\n- "), std::string::npos);
}

TEST(Wording, ColdStartsAreToldBesideLaunches) {
  m1bench::Run run = mac_run();
  run.targets[0].cold_start_s = 1.25;
  EXPECT_EQ(cold_starts_text(run), "");
  EXPECT_NE(markdown_report(run).find(", whose very first launch took 1.25 s\n"), std::string::npos);
  run.cases[0].family = "startup";
  EXPECT_EQ(cold_starts_text(run), "first launch of this build: " + run.targets[0].name + " 1.25 s");
  EXPECT_NE(terminal_report(run, {80, false}).find(cold_starts_text(run)), std::string::npos);
  run.targets[0].cold_start_s.reset();
  EXPECT_EQ(cold_starts_text(run), "");
}

TEST(Wording, Commands) {
  Target target;
  target.environment = {{"QEMU_LD_PREFIX", "/x y"}};
  target.command = {"qemu-aarch64", "~/my tools/m1bench"};
  EXPECT_EQ(command_text(target), "QEMU_LD_PREFIX='/x y' qemu-aarch64 ~/'my tools/m1bench'");
}

TEST(Table, AlignsByDisplayWidth) {
  const Table table{{{"name", Align::left}, {"n", Align::right}}, {{{"\xE6\xBC\xA2"}, {"1"}}, {{"abcde"}, {"20"}}, {{""}, {""}}}};
  EXPECT_EQ(to_text(table, false), "name    n\n\xE6\xBC\xA2      1\nabcde  20\n\n");
  EXPECT_EQ(width_of(table), 9);
  EXPECT_EQ(to_markdown(table), "| name | n |\n|---|---:|\n| \xE6\xBC\xA2 | 1 |\n| abcde | 20 |\n| | |\n");
}

TEST(Table, WrapsBetweenWordsOnly) {
  EXPECT_EQ(wrap("one two three", 8, "", "  "), "one two\n  three\n");
  EXPECT_EQ(wrap("incomprehensibilities no", 5, "", ""), "incomprehensibilities\nno\n");
  EXPECT_EQ(wrap("", 5, "", ""), "\n");
}

TEST(Formats, AllWriteAndHaveNames) {
  const m1bench::Run run = mac_run();
  for (const Format& format : formats()) {
    EXPECT_EQ(&format_named(format.name), &format);
    EXPECT_FALSE(format.write(run, {{80, false}, "arm64/native"}).empty()) << format.name;
  }
  try {
    format_named("markdwon");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("did you mean \"markdown\""), std::string::npos) << error.what();
  }
}

TEST(Wording, EveryKindOfMachineOfAMergedRunIsTold) {
  m1bench::Run run;
  run.machine.cpu = "A";
  run.machine.logical_cpus = 2;
  EXPECT_EQ(machine_text(run), "A, 2 CPUs");
  run.session.merged.resize(3);
  for (MergedShard& shard : run.session.merged) shard.machine = run.machine;
  EXPECT_EQ(machine_text(run), "A, 2 CPUs") << "three alike";
  run.session.merged[1].machine.cpu = "B";
  EXPECT_EQ(machine_text(run), "A, 2 CPUs; B, 2 CPUs");
}

TEST(Formats, AllSurviveEmptyAndHostileRuns) {
  for (const Format& format : formats()) {
    const auto write_nothing = [&] { format.write(m1bench::Run{}, {{1, true}, ""}); };
    if (format.name == "github-action-benchmark" || format.name == "bencher") {
      EXPECT_THROW(write_nothing(), Error) << format.name << ": its service takes no empty document";
    } else if (!format.needs_target) {
      EXPECT_NO_THROW(write_nothing()) << format.name;
    }
    EXPECT_NO_THROW(format.write(hostile_run(), {{1, true}, "arm64/qemu-user"})) << format.name;
  }
  EXPECT_THROW(gbench_report(mac_run(), "x"), Error);
}

}  // namespace
}  // namespace m1bench

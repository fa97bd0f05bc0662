// SPDX-License-Identifier: Apache-2.0
#include "report/wording.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "m1bench/core/error.hpp"
#include "report/formats.hpp"
#include "report/gbench_json.hpp"
#include "report/sample_runs.hpp"
#include "report/table.hpp"

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
    if (!format.needs_target) {
      EXPECT_NO_THROW(format.write(m1bench::Run{}, {{1, true}, ""})) << format.name;
    }
    EXPECT_NO_THROW(format.write(hostile_run(), {{1, true}, "arm64/qemu-user"})) << format.name;
  }
  EXPECT_THROW(gbench_report(mac_run(), "x"), Error);
}

}  // namespace
}  // namespace m1bench

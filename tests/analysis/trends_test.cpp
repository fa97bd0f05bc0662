// SPDX-License-Identifier: Apache-2.0
#include "analysis/trends.hpp"

#include <gtest/gtest.h>

#include "analysis/gate_runs.hpp"
#include "analysis/history_runs.hpp"

namespace m1bench {
namespace {

using Record = m1bench::Run;  // testing::Test has a Run of its own

// Eight runs at one level, eight at the next.
std::vector<RecordedRun> stepped() {
  std::vector<double> ratios;
  for (int i = 0; i < 16; ++i) ratios.push_back((i < 8 ? 0.5 : 0.6) + 0.001 * (i % 3));
  return history_runs(ratios);
}

TEST(Trends, TellAStepFromABreak) {
  const std::vector<CaseTrend> trends = trends_of(stepped());
  ASSERT_EQ(trends.size(), 1U);
  EXPECT_EQ(trends[0].case_name, kHistoryCase);
  EXPECT_EQ(trends[0].points.size(), 16U);
  EXPECT_TRUE(trends[0].breaks.empty());
  ASSERT_EQ(trends[0].changes.size(), 1U);
  EXPECT_EQ(trends[0].changes[0].at, 8U);
  EXPECT_NEAR(trends[0].changes[0].after - trends[0].changes[0].before, 0.1, 0.001);
  EXPECT_EQ(stretches_of(trends[0]), (std::vector<std::size_t>{0, 8}));
}

TEST(Trends, BreakWhereWhatTheyDependOnChanges) {
  const struct {
    const char* name;
    RecordedTrait now;
    bool breaks;
  } kRows[] = {
      {"system", {"", "", "machine.os", "Debian 13"}, true},
      {"compiler of the target", {"", kHistoryTarget, "compiler", "GCC 13"}, true},
      {"compiler of the baseline", {"", "x86_64-v3/native", "compiler", "GCC 13"}, false},  // was not known
      {"seed of the case", {kHistoryCase, "", "seed", "2"}, true},
      {"seed of another case", {"softmax", "", "seed", "2"}, false},
      {"another target's compiler", {"", "arm64/qemu-user", "compiler", "GCC 13"}, false},
      {"an environment", {"", kHistoryTarget, "environment.QEMU_CPU", "max"}, true},
      {"what was not known", {"", "", "machine.kernel", "6.1"}, false},
  };
  for (const auto& row : kRows) {
    std::vector<RecordedRun> runs = stepped();
    for (std::size_t i = 8; i < runs.size(); ++i) {
      auto& traits = runs[i].traits;
      std::erase_if(traits, [&](const RecordedTrait& trait) {
        return trait.field == row.now.field && trait.target == row.now.target && trait.case_name == row.now.case_name;
      });
      traits.push_back(row.now);
    }
    const CaseTrend trend = trends_of(runs).at(0);
    EXPECT_EQ(trend.breaks.size(), row.breaks ? 1U : 0U) << row.name;
    EXPECT_EQ(trend.changes.size(), row.breaks ? 0U : 1U) << row.name;  // the step is the break's
    if (trend.breaks.empty()) continue;
    EXPECT_EQ(trend.breaks[0].at, 8U) << row.name;
    EXPECT_EQ(trend.breaks[0].reasons.at(0).field, row.now.field) << row.name;
    EXPECT_EQ(trend.breaks[0].reasons.at(0).head, row.now.value) << row.name;
  }
}

TEST(Trends, LeaveOutRunsOfTwoBuildsAndWhatHasNoRatio) {
  std::vector<RecordedRun> runs = stepped();
  runs[3].command = "ab";
  runs[4].series[0].log_ratio.reset();
  EXPECT_EQ(trends_of(runs).at(0).points.size(), 14U);
}

TEST(Recorded, HoldsWhatTheReportsSay) {
  const RecordedRun run = recorded(usual_run("five", {}));
  EXPECT_EQ(run.session, "five");
  ASSERT_EQ(run.series.size(), 6U);  // three cases on two targets
  int with_ratio = 0;
  for (const RecordedSeries& series : run.series) {
    EXPECT_EQ(series.outcome, "measured");
    EXPECT_TRUE(series.loop_s);
    with_ratio += series.log_ratio && series.half_width && series.standard_error && series.degrees && !series.verdict.empty();
  }
  EXPECT_EQ(with_ratio, 3);
  ASSERT_EQ(run.means.size(), 1U);
  EXPECT_EQ(run.means[0].cases, 3);
}

TEST(SeriesTraits, AreOfWhatTheyDescribe) {
  Record run = usual_run("traits", {});
  run.targets[1].translator_version = "7.2";
  run.machine.kernel = "6.1.0";
  const std::vector<RecordedTrait> traits = recorded(run).traits;
  const auto value = [&](const std::string& case_name, const std::string& target, const std::string& field) {
    for (const RecordedTrait& trait : traits) {
      if (trait.case_name == case_name && trait.target == target && trait.field == field) return trait.value;
    }
    return std::string("none");
  };
  EXPECT_EQ(value("", "", "machine.kernel"), "6.1.0");
  EXPECT_EQ(value("", "", "machine.os"), run.machine.os) << "in full, not only its major version";
  EXPECT_EQ(value("", "", "tool.compiler"), run.tool.compiler);
  EXPECT_EQ(value("", kGateOther, "translator_version"), "7.2");
  EXPECT_EQ(value(kGateMatmul, "", "seed"), "1");
  for (const RecordedTrait& trait : traits) EXPECT_FALSE(trait.value.empty()) << trait.field;
}

}  // namespace
}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/recorded.hpp"

// Made-up records for what is learned from a history.
namespace m1bench {

inline constexpr const char* kHistoryCase = "matmul/f32/256";
inline constexpr const char* kHistoryTarget = "x86_64-v2/native";

// A run on one machine, with one case whose ratio on kHistoryTarget is exp(log_ratio), known to `standard_error`.
inline RecordedRun history_run(int number, double log_ratio, double standard_error = 0.001) {
  RecordedRun run;
  const std::string digits = std::to_string(100 + number);
  run.session = "s" + digits;
  run.started = "2025-03-04T10:11:" + digits + "Z";
  run.command = "all";
  run.baseline = "x86_64-v3/native";
  run.version = "0.1.0";
  run.commit = "1a2b3c4";
  run.build_id = "b1";
  run.cpu = "Xeon";
  run.os = "Debian 12";
  run.means = {{kHistoryTarget, 1, 2.5}};
  RecordedSeries series;
  series.case_name = kHistoryCase;
  series.target = kHistoryTarget;
  series.outcome = "measured";
  series.verdict = "slower";
  series.blocks = 12;
  series.loop_s = 0.25;
  series.log_ratio = log_ratio;
  series.half_width = 0.003;
  series.standard_error = standard_error;
  series.degrees = 7;
  run.series = {series};
  run.traits = {{"", "", "machine.cpu", "Xeon"},
                {"", "", "machine.os", "Debian 12"},
                {"", "", "session.quick", "no"},
                {"", kHistoryTarget, "compiler", "GCC 12.2.0"},
                {kHistoryCase, "", "seed", "1"}};
  return run;
}

inline std::vector<RecordedRun> history_runs(const std::vector<double>& log_ratios) {
  std::vector<RecordedRun> runs;
  for (const double ratio : log_ratios) runs.push_back(history_run(static_cast<int>(runs.size()), ratio));
  return runs;
}

}  // namespace m1bench

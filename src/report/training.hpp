// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/terminal.hpp"

namespace m1bench {

// What `train` saw: epochs in the order in which they ended.
struct TrainedEpoch {
  std::string target;
  int epoch = 0;
  std::uint64_t samples = 0;
  double seconds = 0;
  double loss = 0;
  std::optional<double> accuracy;
  bool evaluation = false;  // of rows that were not trained on; no seconds
};

struct TrainingRun {
  std::string case_name, baseline;
  std::string about;                 // "synthetic data, seed 1; batch 32, sgd, categorical_crossentropy; 1 thread"
  std::vector<std::string> targets;  // the baseline among them
  int epochs = 0;
  std::vector<TrainedEpoch> rows;
};

// The heading, then one line for each row as it comes, in columns that fit `run`'s names.
std::string training_heading(const TrainingRun& run);
std::string training_line(const TrainingRun& run, const TrainedEpoch& row);

// What follows the last epoch: how the targets compare (an interval from three epochs on), whether their losses agree, and
// the published figures where there are any.
std::string training_summary(const TrainingRun& run, const TerminalStyle& style);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "report/training.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "m1bench/core/text.hpp"
#include "report/escape.hpp"
#include "report/published.hpp"
#include "report/table.hpp"
#include "report/wording.hpp"
#include "stats/estimate.hpp"

namespace m1bench {
namespace {

std::size_t name_width(const TrainingRun& run) {
  std::size_t width = 6;
  for (const std::string& target : run.targets) width = std::max(width, target.size());
  return width;
}

// Rounding grows from step to step, so losses of later epochs need not be equal; beyond this they deserve a look.
constexpr double kLossDrift = 0.01, kAccuracyDrift = 0.01;

const TrainedEpoch* find_row(const TrainingRun& run, const std::string& target, int epoch) {
  for (const TrainedEpoch& row : run.rows) {
    if (row.target == target && row.epoch == epoch && !row.evaluation) return &row;
  }
  return nullptr;
}

std::string comparison(const TrainingRun& run, const std::string& target) {
  std::vector<double> log_ratios;
  std::string drift;
  for (int epoch = 1; epoch <= run.epochs; ++epoch) {
    const TrainedEpoch *base = find_row(run, run.baseline, epoch), *other = find_row(run, target, epoch);
    if (!base || !other || base->seconds <= 0 || other->seconds <= 0) continue;
    log_ratios.push_back(std::log(other->seconds / base->seconds));
    const bool accuracy_apart = base->accuracy && other->accuracy && std::abs(*base->accuracy - *other->accuracy) > kAccuracyDrift;
    if (drift.empty() && (std::abs(other->loss - base->loss) > kLossDrift * std::abs(base->loss) || accuracy_apart)) {
      drift = fmt::format("; from epoch {} on its loss or accuracy is more than 1 % away, which rounding alone can do", epoch);
    }
  }
  if (log_ratios.empty()) return "";
  const Estimate ratio = estimate(log_ratios);
  std::string text = "takes " + ratio_number(ratio.ratio()) + "x the time";
  text += ratio.half_width ? fmt::format(" [{}, {}]", ratio_number(ratio.low()), ratio_number(ratio.high()))
                           : fmt::format(" ({} epoch{}, no interval)", ratio.blocks, ratio.blocks == 1 ? "" : "s");
  return fmt::format("{} {} of {}{}", target, text, run.baseline, drift);
}

}  // namespace

std::string training_heading(const TrainingRun& run) {
  const std::string title = fmt::format("{}: {}; baseline {}\n\n", run.case_name, escape_terminal(run.about), escape_terminal(run.baseline));
  return title + fmt::format("{:<{}}  {:>9}  {:>9}  {:>10}  {:>10}  {:>8}\n", "target", name_width(run), "epoch", "seconds", "us/sample", "loss", "accuracy");
}

std::string training_line(const TrainingRun& run, const TrainedEpoch& row) {
  const std::string accuracy = row.accuracy ? fmt::format("{:.4f}", *row.accuracy) : "-";
  if (row.evaluation) {
    return fmt::format("{:<{}}  {:>9}  {:>9}  {:>10}  {:>10.4f}  {:>8}\n", row.target, name_width(run), "held out", "-", "-", row.loss, accuracy);
  }
  const std::string epoch = fmt::format("{}/{}", row.epoch, run.epochs);
  return fmt::format("{:<{}}  {:>9}  {:>9}  {:>10}  {:>10.4f}  {:>8}\n", row.target, name_width(run), epoch, format_significant(row.seconds, 4),
                     format_significant(row.seconds / static_cast<double>(row.samples) * 1e6, 4), row.loss, accuracy);
}

std::string training_summary(const TrainingRun& run, const TerminalStyle& style) {
  std::string text;
  for (const std::string& target : run.targets) {
    if (target == run.baseline) continue;
    const std::string sentence = comparison(run, target);
    if (!sentence.empty()) text += wrap(sentence, style.width, "", "  ");
  }
  const std::string published = published_table(run.case_name);
  if (!published.empty()) text += (text.empty() ? "" : "\n") + published;
  return text.empty() ? "" : "\n" + text;
}

}  // namespace m1bench

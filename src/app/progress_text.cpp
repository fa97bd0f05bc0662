// SPDX-License-Identifier: Apache-2.0
#include "app/progress_text.hpp"

#include <cmath>
#include <vector>

#include "m1bench/core/text.hpp"
#include "report/escape.hpp"

namespace m1bench {
namespace {

// No more digits than a prediction deserves, and no fewer: rounded to whole minutes, 95 s would be wrong by a quarter.
std::string rough_time(double seconds) {
  constexpr long kMinute_s = 60, kStep_s = 10, kFine_s = 600, kHour_s = 3600;
  if (seconds < 90) return std::to_string(std::lround(std::ceil(seconds))) + " s";
  if (seconds >= 2 * kHour_s) return format_significant(seconds / kHour_s, 2) + " h";
  if (seconds >= kFine_s) return std::to_string(std::lround(seconds / kMinute_s)) + " min";
  const long rounded = std::lround(seconds / kStep_s) * kStep_s;
  return std::to_string(rounded / kMinute_s) + ":" + (rounded % kMinute_s == 0 ? "00" : std::to_string(rounded % kMinute_s)) + " min";
}

std::string left(const Progress& progress) {
  return (progress.at_most ? "at most " : "about ") + rough_time(*progress.left_s) + " left";
}

// A ratio on its way says no more than where it is heading.
std::string ratios(const Progress& progress) {
  std::vector<std::string> texts;
  for (const TargetProgress& target : progress.targets) {
    if (target.ratio) texts.push_back(escape_terminal(target.name) + " " + format_significant(*target.ratio, 3) + "x");
  }
  return texts.empty() ? "" : ": " + join(texts, ", ");
}

std::string shares(const Progress& progress) {
  std::vector<std::string> texts;
  for (const TargetProgress& target : progress.targets) texts.push_back(escape_terminal(target.name) + " " + rough_time(target.left_s));
  return texts.size() < 2 ? "" : " (" + join(texts, ", ") + ")";
}

}  // namespace

std::string live_text(const Progress& progress) {
  std::string text = progress.left_s ? "[" + left(progress) + "] " : "";
  if (progress.all > 1) text += std::to_string(progress.done) + "/" + std::to_string(progress.all) + " ";
  if (progress.block == 0) text += progress.phase + " ";
  text += escape_terminal(progress.case_name);
  if (!progress.target.empty()) text += " on " + escape_terminal(progress.target);
  if (progress.block > 0) text += ", block " + std::to_string(progress.block) + ratios(progress);
  return text;
}

std::string plain_text(const Progress& progress) {
  std::string text = progress.phase;
  if (progress.all > 0) text += ", " + std::to_string(progress.done) + " of " + std::to_string(progress.all) + " cases done";
  if (progress.left_s) text += ", " + left(progress) + shares(progress);
  return text;
}

}  // namespace m1bench

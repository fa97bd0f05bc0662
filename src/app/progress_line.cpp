// SPDX-License-Identifier: Apache-2.0
#include "app/progress_line.hpp"

#include <cmath>

#include "platform/terminal.hpp"

namespace m1bench {

namespace {

// No more digits than a prediction deserves.
std::string rough_time(double seconds) {
  constexpr double kMinute_s = 60;
  if (seconds < 1.5 * kMinute_s) return std::to_string(std::lround(std::ceil(seconds))) + " s";
  return std::to_string(std::lround(seconds / kMinute_s)) + " min";
}

}  // namespace

ProgressLine::ProgressLine() : enabled_(is_terminal(kStandardError)) {}

void ProgressLine::show(const Progress& progress) {
  std::string line = progress.phase + " " + progress.case_name;
  if (!progress.target.empty()) line += " on " + progress.target;
  if (progress.block > 0) line += ", block " + std::to_string(progress.block);
  if (progress.left_s > 0) line += ", about " + rough_time(progress.left_s) + " left";
  show_text(std::move(line));
}

void ProgressLine::show_text(std::string line) {
  if (!enabled_) return;
  // A line that wraps could not be overwritten.
  const auto width = static_cast<std::size_t>(terminal_width(kStandardError));
  if (line.size() >= width) line.resize(width > 0 ? width - 1 : 0);
  write_all(kStandardError, "\r\x1b[K" + line);
  shown_ = true;
}

void ProgressLine::clear() {
  if (shown_) write_all(kStandardError, "\r\x1b[K");
  shown_ = false;
}

}  // namespace m1bench

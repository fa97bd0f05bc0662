// SPDX-License-Identifier: Apache-2.0
#include "app/progress_line.hpp"

#include "app/progress_text.hpp"
#include "platform/terminal.hpp"

namespace m1bench {

ProgressLine::ProgressLine(bool quiet)
    : terminal_(!quiet && is_terminal(kStandardError)), log_(!quiet && !terminal_) {}

void ProgressLine::show(const Progress& progress) {
  if (terminal_) show_text(live_text(progress));
  if (log_) log(progress);
}

void ProgressLine::log(const Progress& progress) {
  constexpr double kEvery_s = 30;
  if (progress.phase == logged_phase_ && progress.elapsed_s < logged_s_ + kEvery_s) return;
  logged_phase_ = progress.phase;
  logged_s_ = progress.elapsed_s;
  write_all(kStandardError, "m1bench: " + plain_text(progress) + "\n");
}

void ProgressLine::show_text(std::string line) {
  if (!terminal_) return;
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

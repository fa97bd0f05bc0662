// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "platform/clock.hpp"
#include "platform/process.hpp"

namespace m1bench {

CommandOutput run_command(const SpawnOptions& options, std::size_t max_bytes, double timeout_s) {
  const double end = steady_seconds() + timeout_s;
  CommandOutput result;
  Child::SpawnError error;
  const std::unique_ptr<Child> child = Child::spawn(options, error);
  if (child == nullptr) return result;
  result.started = true;
  child->close_input();

  constexpr std::size_t kPiece = 4096;  // an overlong line comes in pieces of this size, all of them read
  std::string piece;
  ReadStatus status = ReadStatus::line;
  while ((status == ReadStatus::line || status == ReadStatus::too_long) && steady_seconds() < end) {
    status = child->read_line(piece, kPiece, end - steady_seconds());
    if (status == ReadStatus::line) piece += '\n';
    result.out.append(piece, 0, max_bytes - std::min(max_bytes, result.out.size()));
  }
  if (status == ReadStatus::interrupted) {
    result.exit = child->kill_now();
    return result;
  }
  result.exit = child->finish(end - steady_seconds());
  result.timed_out = result.exit.signal.has_value() && steady_seconds() >= end;
  return result;
}

}  // namespace m1bench

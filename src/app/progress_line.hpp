// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "session/context.hpp"

namespace m1bench {

// What goes on during a session, on standard error: on a terminal one line that is overwritten, elsewhere a whole line at the
// start of each phase and then at most every half a minute of the session, so that a log shows that it is alive.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);  // `quiet`: nothing at all
  ~ProgressLine() { clear(); }
  void show(const Progress& progress);
  void show_text(std::string line);  // on a terminal only
  void clear();

 private:
  void log(const Progress& progress);

  bool terminal_, log_;
  bool shown_ = false;
  std::string logged_phase_;
  double logged_s_ = 0;
};

}  // namespace m1bench

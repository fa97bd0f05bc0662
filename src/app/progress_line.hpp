// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "session/context.hpp"

namespace m1bench {

// One line on standard error that is overwritten while a session goes on; nothing at all where that is not a terminal.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine() { clear(); }
  void show(const Progress& progress);
  void show_text(std::string line);
  void clear();

 private:
  bool enabled_;
  bool shown_ = false;
};

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace m1bench {

// Of `m1bench history`.
struct HistoryOptions {
  std::string action;  // "add", "list", "show"
  std::string database = "m1bench-results/history.sqlite";
  std::vector<std::string> runs;     // add: run files or their folders
  std::vector<std::string> cases;    // show: patterns
  std::vector<std::string> targets;  // show: patterns; none for all
  std::string format = "terminal";   // show
  bool json = false;                 // list
};

}  // namespace m1bench

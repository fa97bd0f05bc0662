// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "result/model.hpp"

// What a history knows of a run without reading the run itself again, which has every slot: the rows of its tables.
namespace m1bench {

// What one target had to say of one case.
struct RecordedSeries {
  std::string case_name, target;
  std::string outcome;  // "measured", "wrong answer", ...
  std::string verdict;  // "slower", ...; "" without a ratio
  int blocks = 0;
  std::optional<double> loop_s;          // median, in seconds
  std::optional<double> log_ratio;       // against the target it is compared with; none for the baseline
  std::optional<double> half_width;      // of its 95 % interval
  std::optional<double> standard_error;  // of it, and from how many degrees of freedom
  std::optional<double> degrees;
};

// A fact that must stay as it is for a series to go on: of the run (no case, no target), of a target, or of a case.
struct RecordedTrait {
  std::string case_name, target;
  std::string field, value;  // "machine.os", "Debian GNU/Linux 12 (bookworm)"; never ""
};

// One target over all cases that have a ratio.
struct RecordedMean {
  std::string target;
  int cases = 0;
  double ratio = 1;  // geometric mean
};

struct RecordedRun {
  std::string session, started, ended, stop_reason;
  std::string command, baseline;
  bool quick = false;
  // `build_id`: of m1bench; of a run of `exec` what its programs are, by their hashes or else their command lines.
  std::string version, commit, build_id, compiler;
  bool dirty = false;
  std::string machine_id, cpu, os;  // "" where it is not known
  std::vector<RecordedMean> means;
  std::vector<RecordedSeries> series;
  std::vector<RecordedTrait> traits;
};

// Computed from raw slots, as every report is. Linear in the size of the run.
RecordedRun recorded(const Run& run);

}  // namespace m1bench

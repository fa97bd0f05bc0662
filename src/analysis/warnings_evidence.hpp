// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/ratios.hpp"
#include "analysis/summary.hpp"
#include "result/model.hpp"

// What the rows of the table of warnings look at, gathered once. Pointers into the run and its summary.
namespace m1bench {

// One case on one target that was timed; the baseline and its control among them.
struct Series {
  const Case* item = nullptr;
  const Target* target = nullptr;
  std::vector<const TargetBlock*> entries;  // of the blocks that count, with slots that took time
};

// One ratio, block by block.
struct PairedSeries {
  const CaseSummary* item = nullptr;
  const TargetSummary* target = nullptr;
  std::string with;                  // what it is compared with
  std::vector<const Block*> blocks;  // that hold both
  std::vector<double> log_ratios;    // one a block
  bool rationed = false;             // a slow target that was only ever to get few blocks
};

// One session on one machine: the run itself, or each shard of a merged one.
struct Sitting {
  const Machine* machine = nullptr;
  std::string_view started, ended, stop_reason;
  std::optional<double> seconds;     // that it lasted
  std::vector<const Block*> blocks;  // all of its blocks
};

struct WarningEvidence {
  const Run& run;
  const Summary& summary;
  std::vector<Series> series;
  std::vector<PairedSeries> pairs;
  std::vector<Sitting> sittings;
  std::map<std::pair<std::string, std::string>, const Verification*> verifications;  // by case and target

  const Verification* verification(const std::string& case_name, const std::string& target) const;  // nullptr: none
};

WarningEvidence gather_evidence(const Run& run, const Summary& summary);

// Seconds from one UTC time in ISO 8601 ("2025-03-04T10:11:12Z") to another; nothing if either is none.
std::optional<double> seconds_between(std::string_view from, std::string_view to);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/summary.hpp"
#include "result/model.hpp"

// The one table of reasons to trust a run's numbers less. docs/warnings.md shows the same rows, and a test compares the two.
namespace m1bench {

struct WarningEvidence;

// One thing that a row of the table found. What it concerns is empty for the whole run.
struct Finding {
  std::string case_name, target;
  std::string message;  // with its figures, without code or remedy
};
using Findings = std::vector<Finding>;

struct WarningKind {
  std::string_view code;       // stable; what programs look for
  std::string_view meaning;    // a clause that also heads several findings: "the interval is wider than asked"
  std::string_view threshold;  // when it is told
  std::string_view remedy;     // what to do about it
  Findings (*find)(const WarningEvidence& evidence);
};

// What casts most doubt on a number comes first.
std::span<const WarningKind> warning_kinds();

// Everything that a reader of this run should know before believing it, in the table's order, from raw slots and facts alone:
// the warnings stored in the file play no part. Rows that rest on a statistical test fire by chance in fewer than 1 of 50
// runs each. Linear in the size of the run, but for the blocks of one case, which are compared in pairs.
std::vector<Warning> warnings_of(const Run& run, const Summary& summary);

// Of these the ones about the state that the machine was in, which concern whatever was measured meanwhile.
std::vector<Warning> machine_warnings_of(const Run& run);

// For people: one warning a code. Where several share it, the message tells how many and names a few, and they concern no
// case or target in particular.
std::vector<Warning> grouped(std::span<const Warning> warnings);

}  // namespace m1bench

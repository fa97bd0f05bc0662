// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/comparison.hpp"
#include "report/comparison_outcome.hpp"
#include "report/table.hpp"
#include "report/wording.hpp"

// What every report of the gate says in the same words.
namespace m1bench {

// What was compared, for the headings; the same run twice where both sides come from one run of `ab`. Never nullptr.
struct ComparedRuns {
  const Run* base;
  const Run* head;
};

// The build that one side of `ab` measured, as the first of its workers told of itself; nullptr if none started.
const Hello* build_of(const Run& run, std::string_view side);

// A line of what the comparison is about: "base", "m1bench 0.2.0 (1a2b3c4), session ...". From files: escape the text.
struct Heading {
  std::string_view label;
  std::string text;
};
std::vector<Heading> headings(const Comparison& comparison, const ComparedRuns& runs);

// "takes 1.05x the time of base [1.03, 1.07]"; "-" without a change.
std::string change_text(const Change& change, Pairing pairing);
std::string absolute_change_text(const Change& change);  // "takes 1.05x the time of base"
// "regressed (confirmed)", "ok (margin 6.2 %)" where the control raised it above `margin`
std::string decision_text(const Change& change, double margin);
Tone tone_of(Decision decision);
std::string_view problem_text(Decision decision);  // "missing in head", "wrong": what heads its cause

// The table of changes; a case's name stands in its first row only.
struct ChangesStyle {
  bool times;     // with the columns of absolute times
  bool absolute;  // the advisory table: nothing is relative, nothing decided
  NameStyle name;
};
Table changes_table(const Comparison& comparison, const ChangesStyle& style);
// field, base, head
Table unlike_table(const Comparison& comparison, NameStyle name);
// What the table of unlike fields means and what to do about it.
std::string unlike_text(const Comparison& comparison);
std::string absolute_text();

// What the decisions rest on and what they cannot see, a sentence each; nothing in them from a file.
std::vector<std::string> notes(const Comparison& comparison);
std::string pairing_text(Pairing pairing);
std::string margin_text(const Comparison& comparison);
// "Session-to-session spread: 0.70 %, learned from 12 runs of this machine.", or why it is assumed; only with a spread.
std::string spread_text(const SpreadUsed& spread);

// What makes a run's numbers less trustworthy, but for what is said of means, of which the gate shows none.
std::vector<Warning> gate_warnings(const Run& run);

}  // namespace m1bench

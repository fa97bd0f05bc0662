// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/warnings.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

// "5 %", "6.4 %"
std::string percent(double share) {
  std::string number = format_significant(100 * share, 2);
  if (number.ends_with(".0")) number.resize(number.size() - 2);
  return number + " %";
}

std::string build_text(const std::string& version, const std::string& commit, bool dirty) {
  return "m1bench " + version + (commit.empty() ? "" : " (" + commit + (dirty ? ", modified" : "") + ")");
}

std::string session_text(const Run& run) {
  return fmt::format("session {} of {}{}", run.session.id, run.session.started, run.session.quick ? " (quick)" : "");
}

std::string run_text(const Run& run) {
  return build_text(run.tool.version, run.tool.commit, run.tool.dirty) + ", " + session_text(run);
}

// Both machines, in a line if they are one.
void add_machines(const ComparedRuns& runs, std::vector<Heading>& lines) {
  const std::string base = machine_text(*runs.base), head = machine_text(*runs.head);
  lines.push_back({base == head ? "machine" : "machine of base", base});
  if (base != head) lines.push_back({"machine of head", head});
}

std::string side_text(const Run& run, std::string_view side) {
  const Hello* build = build_of(run, side);
  return build ? fmt::format("build {}, {}", build->build_id, build->compiler) : "no worker started";
}

Cell time_cell(const std::optional<double>& loop_s) { return {loop_s ? format_seconds(*loop_s) : "-"}; }

std::string blocks_note(const Comparison& comparison) {
  int fewest = 0, most = 0;
  for (const Change& change : comparison.changes) {
    if (!change.p) continue;
    const int blocks = std::min(change.base_blocks, change.head_blocks);
    fewest = most == 0 ? blocks : std::min(fewest, blocks);
    most = std::max(most, std::max(change.base_blocks, change.head_blocks));
  }
  return fewest == most ? counted(most, "block") : fmt::format("{} to {} blocks", fewest, most);
}

}  // namespace

const Hello* build_of(const Run& run, std::string_view side) {
  const auto found = std::find_if(run.targets.begin(), run.targets.end(),
                                  [&](const Target& target) { return target.side == side && target.hello; });
  return found == run.targets.end() ? nullptr : &*found->hello;
}

std::vector<Heading> headings(const Comparison& comparison, const ComparedRuns& runs) {
  std::vector<Heading> lines;
  if (comparison.pairing == Pairing::sessions) lines = {{"base", run_text(*runs.base)}, {"head", run_text(*runs.head)}};
  if (comparison.pairing == Pairing::blocks) {
    lines = {{"base", side_text(*runs.base, "base")}, {"head", side_text(*runs.head, "head")}};
  }
  if (comparison.pairing != Pairing::sessions) lines.push_back({"run", run_text(*runs.base)});
  add_machines(runs, lines);
  return lines;
}

std::string change_text(const Change& change, Pairing pairing) {
  if (!change.log_change) return "-";
  if (pairing == Pairing::same) return "takes exactly 1x the time of base";
  Estimate ratio;
  ratio.log_ratio = *change.log_change;
  ratio.half_width = change.half_width;
  ratio.blocks = std::min(change.base_blocks, change.head_blocks);
  return ratio_text(ratio, " of base");
}

std::string absolute_change_text(const Change& change) {
  return change.log_change ? fmt::format("takes {}x the time of base", ratio_number(std::exp(*change.log_change))) : "-";
}

std::string decision_text(const Change& change, double margin) {
  std::string remarks;
  if (change.confirmed) remarks = change.decision == Decision::regressed ? "confirmed" : "second sample";
  if (change.p && change.margin > margin) remarks += (remarks.empty() ? "" : ", ") + ("margin " + percent(change.margin));
  return std::string(name_of(change.decision)) + (remarks.empty() ? "" : " (" + remarks + ")");
}

std::string_view problem_text(Decision decision) {
  return decision == Decision::missing ? "missing in head" : name_of(decision);
}

Tone tone_of(Decision decision) {
  if (decision == Decision::ok) return Tone::good;
  return decision == Decision::unsure ? Tone::doubtful : Tone::bad;
}

Table changes_table(const Comparison& comparison, const ChangesStyle& style) {
  const bool relative = comparison.pairing == Pairing::sessions && !style.absolute;
  Table table{{{"case"}, {"target"}}, {}};
  if (style.times) table.columns.insert(table.columns.end(), {{"base", Align::right}, {"head", Align::right}});
  table.columns.push_back({relative ? "head against base, relative to the baseline" : "head against base"});
  if (!style.absolute) table.columns.push_back({"decision"});
  std::string_view before;
  for (const Change& change : style.absolute ? comparison.absolute : comparison.changes) {
    auto& row = table.rows.emplace_back();
    row.push_back({change.case_name == before ? "" : style.name(change.case_name)});
    row.push_back({style.name(change.target)});
    if (style.times) row.insert(row.end(), {time_cell(change.base_loop_s), time_cell(change.head_loop_s)});
    row.push_back({style.absolute ? absolute_change_text(change) : change_text(change, comparison.pairing)});
    if (!style.absolute) row.push_back({decision_text(change, comparison.margin), tone_of(change.decision)});
    before = change.case_name;
  }
  return table;
}

Table unlike_table(const Comparison& comparison, NameStyle name) {
  Table table{{{"field"}, {"base"}, {"head"}}, {}};
  const auto value = [&](const std::string& text) { return text.empty() ? "-" : name(text); };
  for (const Difference& row : comparison.unlike) {
    table.rows.push_back({{name(row.field)}, {value(row.base)}, {value(row.head)}});
  }
  return table;
}

std::string unlike_text(const Comparison& comparison) {
  if (comparison.forced) return "Base and head are not alike; compared all the same, as --force asks:";
  return "Base and head are not alike, so nothing was decided. Measure both with the same cases, options and kind of build, or "
         "compare them all the same with --force.";
}

std::string absolute_text() {
  return "Absolute times, advisory: nothing is decided by them, for between two sessions the machine itself drifts by ten "
         "percent and more, and so none has an interval.";
}

std::vector<std::string> notes(const Comparison& comparison) {
  if (!comparison.unlike.empty() && !comparison.forced) return {};
  std::vector<std::string> all = {pairing_text(comparison.pairing)};
  if (comparison.pairing == Pairing::same) return all;
  if (comparison.changes.empty()) {
    all.push_back("No case was timed in both, on the baseline and on another target: measure the same cases on the same "
                  "targets.");
    return all;
  }
  all.push_back(margin_text(comparison));
  if (comparison.spread) all.push_back(spread_text(*comparison.spread));
  const int tests = tested(comparison);
  if (tests > 0) {
    all.push_back(fmt::format("{} tested, {}{}.", counted(tests, "comparison"), blocks_note(comparison),
                              tests == 1 ? "" : "; each p is adjusted for their number by Holm's method"));
  }
  const auto& changes = comparison.changes;
  if (std::any_of(changes.begin(), changes.end(), [](const Change& change) { return change.confirmed; })) {
    all.push_back("What the first sample left in doubt was measured again, afresh, and decided on that second sample alone: "
                  "\"confirmed\" or \"second sample\".");
  }
  if (std::any_of(changes.begin(), changes.end(), [](const Change& change) { return change.decision == Decision::unsure && change.p; })) {
    all.push_back("Unsure: the margin lies within the one-sided 95 % bounds that decide, which lie within the interval shown; so "
                  "neither can be said. Measure longer (--thorough, or a larger --time-budget) on a quieter machine, or let it pass "
                  "with --unsure=pass.");
  }
  return all;
}

std::string pairing_text(Pairing pairing) {
  switch (pairing) {
    case Pairing::blocks:
      return "Base and head took turns in the same blocks of one session: what disturbed the machine disturbed both.";
    case Pairing::same: return "Both sides are the same session, slot for slot.";
    case Pairing::sessions: break;
  }
  return "Two sessions: each target is compared relative to the baseline of its own session. That cannot see a change that slows "
         "every target alike, and reliably finds only slowdowns of about 8 % and more; `m1bench ab --base OLD --head NEW` sees "
         "both.";
}

std::string margin_text(const Comparison& comparison) {
  std::string text = fmt::format("Margin: {} of the time", percent(comparison.margin));
  if (comparison.control_half_width) {
    const double apart = *comparison.control_half_width;
    text += fmt::format(", raised up to {} where two equal programs seem up to {} apart here (the control)",
                        percent(std::expm1(2 * apart)), percent(std::expm1(apart)));
  }
  return fmt::format("{}; and at least {} a loop. An improvement never fails.", text, format_seconds(GateOptions().least_s));
}

std::string spread_text(const SpreadUsed& spread) {
  const std::string least = percent(std::expm1(spread.least)), most = percent(std::expm1(spread.most));
  const std::string range = least == most ? most : least + " to " + most;
  if (spread.learned_from == 0) {
    return fmt::format("Session-to-session spread: {} assumed; the history has {} of this machine like these two, and it takes {} of "
                       "builds that ran more than once to learn it.",
                       range, counted(spread.sessions, "run"), kSessionsToLearn);
  }
  return fmt::format("Session-to-session spread: {}, learned from {} of this machine{}.", range, counted(spread.learned_from, "run"),
                     spread.pooled ? ", all cases together" : "");
}

std::vector<Warning> gate_warnings(const Run& run) {
  std::vector<Warning> warnings = warnings_of(run, summarise(run));
  std::erase_if(warnings, [](const Warning& warning) { return warning.code == "few-cases"; });
  return warnings;
}

}  // namespace m1bench

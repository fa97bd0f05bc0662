// SPDX-License-Identifier: Apache-2.0
#include "report/terminal.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "analysis/warnings.hpp"
#include "m1bench/core/text.hpp"
#include "report/columns.hpp"
#include "report/escape.hpp"
#include "report/tiers.hpp"
#include "report/warning_lines.hpp"

namespace m1bench {
namespace {

std::string heading(const Run& run, const Summary& summary, const TerminalStyle& style) {
  std::string targets = summary.others.empty() ? "" : join_words(summary.others) + " against ";
  targets = escape_terminal(targets + summary.baseline);
  const std::string title = wrap(targets, style.width, "", "  ");
  return toned(std::string_view(title).substr(0, title.size() - 1), Tone::strong, style.color) + "\n" +
         wrap(escape_terminal(machine_text(run)), style.width, "", "  ") + "\n";
}

// "58.3 % of bound", with something before it; "" where that is not known.
std::string share_phrase(std::string_view before, const TargetSummary& target) {
  return target.share_of_bound ? std::string(before) + share_text(target) + " % of bound" : "";
}

// "3.00x the instructions, 3.20x the energy", with something before each; "" where they were not counted.
std::string counter_phrase(std::string_view before, const TargetSummary& target) {
  std::string text;
  if (target.instructions_ratio) text += std::string(before) + counter_text(target.instructions_ratio) + "x the instructions";
  if (target.energy_ratio) text += std::string(before) + counter_text(target.energy_ratio) + "x the energy";
  return text;
}

// The case on a line of its own and its targets beneath, the ratio last because it is the longest.
Table stacked_table(const Summary& summary, bool shares, bool counters) {
  Table table{{{}, {"", Align::right}, {}, {}}, {}};
  for (const CaseSummary& item : summary.cases) {
    for (const TargetSummary& other : item.others) {
      const std::string more = (shares ? share_phrase(", ", other) : "") + (counters ? counter_phrase(", ", other) : "");
      table.rows.push_back({{"  " + escape_terminal(other.target)},
                            {time_text(other)},
                            {verdict_text(other, summary.quick), tone_of(other)},
                            {ratio_or_reason(item, other) + more, other.ratio ? Tone::plain : tone_of(other)}});
    }
  }
  return table;
}

std::string case_line(const CaseSummary& item, bool controlled, const TerminalStyle& style) {
  const std::string name = escape_terminal(item.name);
  const std::string rate = item.baseline.rate ? ", " + rate_text(item.rate_unit, item.baseline) : "";
  const std::string floor = controlled ? ", noise floor " + noise_floor_text(item) : "";
  const std::string facts = time_text(item.baseline) + rate + share_phrase(", ", item.baseline) + floor;
  return toned(name, Tone::strong, style.color) + wrap(facts, style.width, name + "  ", "  ").substr(name.size());
}

std::string stacked(const Summary& summary, const Table& table, const TerminalStyle& style) {
  const std::string rows = to_text(table, style.color);
  std::string text;
  std::size_t at = 0;
  for (const CaseSummary& item : summary.cases) {
    text += case_line(item, summary.controlled, style);
    for (std::size_t i = 0; i < item.others.size(); ++i) {
      const std::size_t end = rows.find('\n', at) + 1;
      text += rows.substr(at, end - at);
      at = end;
    }
  }
  return text;
}

// Two lines a target, for half a screen.
std::string narrow(const Summary& summary, const TerminalStyle& style) {
  std::string text;
  for (const CaseSummary& item : summary.cases) {
    text += case_line(item, summary.controlled, style);
    for (const TargetSummary& other : item.others) {
      text += "  " + escape_terminal(other.target);
      if (other.loop_s) text += "  " + time_text(other);
      if (other.verdict) text += "  " + toned(verdict_text(other, summary.quick), tone_of(other), style.color);
      const std::string facts = ratio_or_reason(item, other) + share_phrase(", ", other) + counter_phrase(", ", other);
      text += "\n" + wrap(facts, style.width, "    ", "      ");
    }
  }
  return text;
}

// What the table keeps of what it can do without, from its full width down. The rate goes first: it can be had from the rest.
// Counters go last but for the layout: who has them seldom gets to see them.
struct Kept {
  bool rate, shares, time;
  bool has(Field field, bool counters) const {
    if (field == Field::rate) return rate;
    if (field == Field::time) return time;
    if (field == Field::instructions || field == Field::energy) return counters;
    return shares || (field != Field::share && field != Field::baseline_share);
  }
};
constexpr std::array<Kept, 5> kWidths{{
    {true, true, true}, {false, true, true}, {true, false, true}, {false, false, true}, {false, false, false}}};

// The widest table that fits; nothing if none does.
std::optional<Table> fitting_table(const Summary& summary, const TerminalStyle& style) {
  for (const bool counters : {true, false}) {
    for (const Kept& kept : kWidths) {
      if (!kept.time && summary.others.size() > 1) continue;  // a row with nothing but a ratio says too little
      std::vector<Field> fields = all_fields(summary);
      std::erase_if(fields, [&](Field field) { return !kept.has(field, counters); });
      Table table = results_table(summary, fields, escape_terminal);
      if (width_of(table) <= style.width) return table;
    }
  }
  return std::nullopt;
}

std::string results(const Summary& summary, const TerminalStyle& style) {
  if (summary.cases.empty()) return "no case was run\n";
  if (const auto table = fitting_table(summary, style)) return to_text(*table, style.color);
  for (const bool counters : {true, false}) {
    for (const bool shares : {true, false}) {
      const Table table = stacked_table(summary, shares, counters);
      if (width_of(table) <= style.width) return stacked(summary, table, style);
    }
  }
  return narrow(summary, style);
}

std::string overall(const Summary& summary, const TerminalStyle& style) {
  std::string text;
  for (const Overall& row : summary.overall) {
    text += wrap(escape_terminal(row.target) + ": " + overall_text(row, escape_terminal), style.width, "", "  ");
  }
  return text.empty() ? "" : "\n" + text;
}

// What only some cases have to tell beside their times.
std::string asides(const Run& run, const Summary& summary, const TerminalStyle& style) {
  std::string text;
  for (const std::string& line : memory_texts(summary, escape_terminal)) text += wrap(line, style.width, "", "  ");
  const std::string cold = cold_starts_text(run);
  if (!cold.empty()) text += wrap(escape_terminal(cold), style.width, "", "  ");
  return text.empty() ? "" : "\n" + text;
}

// On a screen too narrow for the table a line is broken as it comes.
std::string tiers(const Run& run, const Summary& summary, const TerminalStyle& style) {
  const std::optional<Table> table = tiers_table(run, summary, escape_terminal);
  if (!table) return "";
  return "\n" + toned(kTiersTitle, Tone::strong, style.color) + "\n" + to_text(*table, style.color);
}

std::string problems(const Summary& summary, const TerminalStyle& style) {
  std::string text;
  for (const Problem& problem : summary.problems) {
    const std::string where = problem.case_name.empty() ? problem.target : problem.case_name + " on " + problem.target;
    const bool bad = problem.outcome == Outcome::wrong || problem.outcome == Outcome::failed;
    text += toned(name_of(problem.outcome), bad ? Tone::bad : Tone::doubtful, style.color) + ": " + escape_terminal(where) + "\n";
    if (!problem.cause.empty()) text += wrap(escape_terminal(problem.cause), style.width, "  ", "  ");
    if (!problem.remedy.empty()) text += wrap(escape_terminal(problem.remedy), style.width, "  -> ", "     ");
  }
  return text.empty() ? "" : "\n" + text;
}

std::string control(const Summary& summary, const TerminalStyle& style) {
  const std::string text = control_text(summary, escape_terminal);
  return text.empty() ? "" : "\n" + wrap("control: " + text, style.width, "", "  ");
}

std::string footer(const Run& run, const Summary& summary, const TerminalStyle& style) {
  std::string text = fmt::format("baseline {}, {}, {}, {}", summary.baseline, blocks_text(summary),
                                 threads_text(run.session.threads), compared_text(summary));
  if (summary.quick) text += "; quick: few short blocks, so every verdict is a first look";
  if (run.session.stop_reason == "interrupted") text += "; interrupted before it was done";
  if (summary.time_spent_s > 0) text += "; took " + long_time_text(summary.time_spent_s);
  return "\n" + wrap(escape_terminal(text), style.width, "", "  ");
}

}  // namespace

std::string terminal_report(const Run& run, const TerminalStyle& style) {
  const Summary summary = summarise(run);
  return heading(run, summary, style) + results(summary, style) + overall(summary, style) + tiers(run, summary, style) + asides(run, summary, style) +
         problems(summary, style) + warning_lines(warnings_of(run, summary), style) + control(summary, style) + footer(run, summary, style);
}

}  // namespace m1bench

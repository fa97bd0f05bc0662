// SPDX-License-Identifier: Apache-2.0
#include "report/history_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/escape.hpp"
#include "report/table.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

std::string machine_of(const RecordedRun& run) {
  return run.cpu.empty() ? run.os : run.cpu + (run.os.empty() ? "" : ", " + run.os);
}

std::string build_of(const RecordedRun& run) {
  return run.version + (run.commit.empty() ? "" : " (" + run.commit + (run.dirty ? ", modified" : "") + ")");
}

// What every run was measured on, if that is one machine.
std::string one_machine(const std::vector<RecordedRun>& runs) {
  const auto same = [&](const RecordedRun& run) { return machine_of(run) == machine_of(runs.front()); };
  return std::all_of(runs.begin(), runs.end(), same) ? machine_of(runs.front()) : "";
}

std::string outcome_of(const RecordedRun& run) {
  std::string text;
  for (const RecordedMean& mean : run.means) {
    text += fmt::format("{}{} takes {}x the time", text.empty() ? "" : "; ", mean.target, ratio_number(mean.ratio));
  }
  // What it compared is no work of the catalogue, and means nothing beside the other means.
  if (run.command == "exec") text.insert(0, "exec: ");
  return run.means.empty() ? text + "nothing was compared" : text + (run.quick ? " (quick)" : "");
}

std::string cases_of(const RecordedRun& run) {
  std::set<std::string_view> cases;
  for (const RecordedSeries& series : run.series) cases.insert(series.case_name);
  return fmt::format("{}", cases.size());
}

Table table_of(const std::vector<RecordedRun>& runs, bool with_machine) {
  Table table{{{"started"}, {"session"}, {"m1bench"}, {"cases", Align::right}, {"geometric mean"}}, {}};
  if (with_machine) table.columns.push_back({"machine"});
  for (const RecordedRun& run : runs) {
    auto& row = table.rows.emplace_back();
    for (const std::string& text : {run.started, run.session, build_of(run), cases_of(run), outcome_of(run)})
      row.push_back({escape_terminal(text)});
    if (with_machine) row.push_back({escape_terminal(machine_of(run))});
  }
  return table;
}

std::string in_lines(const RecordedRun& run, bool with_machine, const TerminalStyle& style) {
  const std::string first = fmt::format("{}  session {}", escape_terminal(run.started), escape_terminal(run.session));
  std::string text = toned(first, Tone::strong, style.color) + "\n" +
                     wrap(fmt::format("m1bench {}, cases: {}; {}", escape_terminal(build_of(run)), cases_of(run),
                                      escape_terminal(outcome_of(run))),
                          style.width, "  ", "    ");
  if (with_machine) text += wrap(escape_terminal(machine_of(run)), style.width, "  ", "    ");
  return text;
}

}  // namespace

std::string history_list(const std::vector<RecordedRun>& runs, const TerminalStyle& style) {
  if (runs.empty()) return "No run is in this history yet; add one with `m1bench history add RUN.json`.\n";
  const std::string machine = one_machine(runs);
  std::string text = machine.empty() ? "" : wrap("machine: " + escape_terminal(machine), style.width, "", "  ");
  const Table table = table_of(runs, machine.empty());
  if (width_of(table) <= style.width) return text + to_text(table, style.color);
  for (const RecordedRun& run : runs) text += in_lines(run, machine.empty(), style);
  return text;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "report/history_list.hpp"

#include <fmt/format.h>

#include <set>

#include "report/escape.hpp"
#include "report/table.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

std::string machine_of(const RecordedRun& run) { return run.cpu.empty() ? run.os : run.cpu + (run.os.empty() ? "" : ", " + run.os); }

std::string build_of(const RecordedRun& run) {
  return run.version + (run.commit.empty() ? "" : " (" + run.commit + (run.dirty ? ", modified" : "") + ")") + ", " + run.compiler;
}

std::string outcome_of(const RecordedRun& run) {
  std::string text;
  for (const RecordedMean& mean : run.means) {
    text += fmt::format("{}{} takes {}x the time", text.empty() ? "" : "; ", mean.target, ratio_number(mean.ratio));
  }
  return text.empty() ? "nothing was compared" : text + (run.quick ? " (quick)" : "");
}

std::string cases_of(const RecordedRun& run) {
  std::set<std::string_view> cases;
  for (const RecordedSeries& series : run.series) cases.insert(series.case_name);
  return fmt::format("{}", cases.size());
}

std::string in_two_lines(const RecordedRun& run, const TerminalStyle& style) {
  const std::string first = fmt::format("{}  {}  {} cases", escape_terminal(run.started), escape_terminal(run.session), cases_of(run));
  return toned(first, Tone::strong, style.color) + "\n" + wrap(escape_terminal(outcome_of(run)), style.width, "  ", "    ") +
         wrap(escape_terminal(machine_of(run) + "; m1bench " + build_of(run)), style.width, "  ", "    ");
}

}  // namespace

std::string history_list(const std::vector<RecordedRun>& runs, const TerminalStyle& style) {
  if (runs.empty()) return "No run is in this history yet; add one with `m1bench history add RUN.json`.\n";
  Table table{{{"started"}, {"session"}, {"cases", Align::right}, {"geometric mean"}, {"machine"}, {"m1bench"}}, {}};
  for (const RecordedRun& run : runs) {
    auto& row = table.rows.emplace_back();
    for (const std::string& text : {run.started, run.session, cases_of(run), outcome_of(run), machine_of(run), build_of(run)}) {
      row.push_back({escape_terminal(text)});
    }
  }
  if (width_of(table) <= style.width) return to_text(table, style.color);
  std::string text;
  for (const RecordedRun& run : runs) text += in_two_lines(run, style);
  return text;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "analysis/recorded.hpp"

#include <algorithm>
#include <utility>

#include "analysis/series_traits.hpp"
#include "analysis/summary.hpp"
#include "analysis/traits.hpp"
#include "m1bench/core/shell_words.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

RecordedSeries series_of(const std::string& case_name, const TargetSummary& target) {
  RecordedSeries row;
  row.case_name = case_name;
  row.target = target.target;
  row.outcome = name_of(target.outcome);
  row.blocks = target.blocks;
  row.loop_s = target.loop_s;
  if (target.verdict) row.verdict = name_of(*target.verdict);
  if (!target.ratio) return row;
  row.log_ratio = target.ratio->log_ratio;
  row.half_width = target.ratio->half_width;
  row.standard_error = target.ratio->standard_error;
  if (row.standard_error) row.degrees = target.ratio->degrees;
  return row;
}

// What was timed, in one text that is another for another program: what is in its executables, or else how they are called. Of
// m1bench's own cases that is the build of m1bench.
std::string build_of(const Run& run) {
  if (!times_programs(run)) return run.tool.build_id;
  constexpr std::size_t kShownDigits = 16;
  std::vector<std::string> programs;
  for (const Target& target : run.targets) {
    if (!target.available || !target.side.empty()) continue;
    std::string program = target.sha256 ? target.sha256->substr(0, kShownDigits) : quote_shell_line(target.command);
    if (std::find(programs.begin(), programs.end(), program) == programs.end()) programs.push_back(std::move(program));
  }
  return join(programs, " ");
}

}  // namespace

RecordedRun recorded(const Run& run) {
  const Summary summary = summarise(run);
  RecordedRun record;
  record.session = run.session.id;
  record.started = run.session.started;
  record.ended = run.session.ended;
  record.stop_reason = run.session.stop_reason;
  record.command = run.session.command;
  record.baseline = run.session.baseline;
  record.quick = run.session.quick;
  record.version = run.tool.version;
  record.commit = run.tool.commit;
  record.dirty = run.tool.dirty;
  record.build_id = build_of(run);
  record.compiler = run.tool.compiler;
  record.machine_id = run.machine.id.value_or("");
  record.cpu = run.machine.cpu;
  record.os = run.machine.os;
  for (const Overall& overall : summary.overall) {
    if (overall.cases > 0) record.means.push_back({overall.target, overall.cases, overall.ratio});
  }
  for (const CaseSummary& item : summary.cases) {
    record.series.push_back(series_of(item.name, item.baseline));
    for (const TargetSummary& other : item.others) record.series.push_back(series_of(item.name, other));
  }
  record.traits = series_traits(run);
  return record;
}

}  // namespace m1bench

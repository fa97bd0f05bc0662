// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "analysis/trends.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/exit_code.hpp"
#include "app/output.hpp"
#include "app/run_folder.hpp"
#include "history/history.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"
#include "platform/files.hpp"
#include "report/escape.hpp"
#include "report/history_list.hpp"
#include "report/trends_html.hpp"
#include "report/trends_json.hpp"
#include "report/trends_text.hpp"

namespace m1bench {
namespace {

RunText load(const std::string& given) {
  RunText loaded = load_run_text(given);
  if (!loaded.run.session.id.empty()) return loaded;
  throw Error(ErrorKind::data, "'" + given + "' has no session id to tell it from other runs; measure again");
}

// A file that is no run does not keep the others from being added.
int add(const HistoryOptions& options) {
  make_directories(parent_directory(options.database));
  History history = History::to_add(options.database);
  bool failed = false;
  for (const std::string& file : options.runs) {
    std::optional<RunText> loaded;
    try {
      loaded = load(file);
    } catch (const Error& error) {
      complain(error.what());
      failed = true;
      continue;
    }
    const bool added = history.add(recorded(loaded->run), loaded->text);
    print(escape_terminal(file) + (added ? ": added to " : ": was there already in ") + escape_terminal(options.database) +
          ", session " + escape_terminal(loaded->run.session.id) + "\n");
  }
  return failed ? leave(ExitCode::usage) : 0;
}

int list(const HistoryOptions& options, const std::string& color) {
  const std::vector<RecordedRun> runs = History::to_read(options.database).runs([](const std::string&) { return true; });
  print(options.json ? history_json(runs) : history_list(runs, terminal_style(color)));
  return 0;
}

bool matches_any(const std::string& name, const std::vector<std::string>& patterns) {
  return patterns.empty() || std::any_of(patterns.begin(), patterns.end(),
                                         [&](const std::string& pattern) { return matches_pattern(pattern, name); });
}

int show(const HistoryOptions& options, const std::string& out, const std::string& color) {
  History history = History::to_read(options.database);
  const std::vector<RecordedRun> runs = history.runs([&](const std::string& name) { return matches_any(name, options.cases); });
  std::vector<CaseTrend> trends = trends_of(runs);
  std::erase_if(trends, [&](const CaseTrend& trend) { return !matches_any(trend.target, options.targets); });
  if (trends.empty()) {
    throw Error(ErrorKind::usage, "no run of the history '" + options.database +
                                      "' has a ratio for that; `m1bench history list` shows what is there");
  }
  write_output(out, options.format == "html"   ? trends_html(trends, page_files())
                    : options.format == "json" ? trends_json(trends)
                                               : trends_text(trends, output_style(out, color)));
  return 0;
}

}  // namespace

int history_command(const Options& options) {
  if (options.history.action == "add") return add(options.history);
  if (options.history.action == "list") return list(options.history, options.color);
  return show(options.history, options.out, options.color);
}

}  // namespace m1bench

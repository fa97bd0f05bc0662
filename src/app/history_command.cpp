// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <system_error>

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

// Whether `m1bench history add m1bench-results/*` names it without meaning it: a folder of something else, such as a profile,
// or the history itself.
bool holds_no_run(const std::string& given, const std::string& database) {
  if (is_directory(given)) return !file_exists(given + "/run.json");
  std::error_code unknown;  // that of a file which is not there is told by whoever reads it
  for (const char* of : {"", "-journal"}) {
    if (std::filesystem::equivalent(given, database + of, unknown)) return true;
  }
  return false;
}

// What keeps one run out says nothing of the others, and is told; false then. What keeps the history from being used is thrown.
bool add_file(History& history, const std::string& given, const std::string& database) {
  std::optional<RunText> loaded;
  try {
    loaded = load(given);
  } catch (const Error& error) {
    complain(error.what());
    return false;
  }
  const std::string& session = loaded->run.session.id;
  const Adding adding = history.add(recorded(loaded->run), loaded->text);
  if (adding == Adding::contradicted) {
    complain(given + ": the history has another run of session " + session.substr(0, 60) +
             ": one of them is incomplete or was changed; add the one you trust to another history");
    return false;
  }
  print(escape_terminal(given) + (adding == Adding::added ? ": added to " : ": was there already in ") +
        escape_terminal(database) + ", session " + escape_terminal(session) + "\n");
  return true;
}

int add(const HistoryOptions& options) {
  make_directories(parent_directory(options.database));
  History history = History::to_add(options.database);
  bool failed = false;
  std::size_t skipped = 0;
  for (const std::string& given : options.runs) {
    if (holds_no_run(given, options.database)) {
      print(escape_terminal(given) + ": holds no run, skipped\n");
      ++skipped;
    } else if (!add_file(history, given, options.database)) {
      failed = true;
    }
  }
  if (skipped == options.runs.size())
    throw Error(ErrorKind::usage, "nothing that was named holds a run; name a run.json, or a folder that has one");
  return static_cast<int>(failed ? ExitCode::usage : ExitCode::fine);  // each has had its sentence
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

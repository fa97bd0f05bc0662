// SPDX-License-Identifier: Apache-2.0
#include "app/run_folder.hpp"

#include <algorithm>
#include <utility>

#include "app/console.hpp"
#include "app/shareable.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"
#include "platform/files.hpp"
#include "platform/terminal.hpp"
#include "report/html.hpp"
#include "result/run_json.hpp"

namespace m1bench {
namespace {

constexpr const char* kResults = "m1bench-results";

// What a crash of this program may cost, and of the machine. To write after each block would take up to 1 % of the time, and to
// sync the disk as well more than everything else between two blocks.
constexpr double kSaveEvery_s = 5, kSyncEvery_s = 30;

Run to_keep(const Run& run) { return shareable(run, environment("HOME").value_or("")); }

}  // namespace

RunFolder::RunFolder(const std::string& path, bool force, const Run& run) : path_(path) {
  if (!force && file_exists(run_file())) {
    throw Error(ErrorKind::usage, path_ + " already holds a run; choose another folder, or replace it with --force");
  }
  make_directories(path_);
  // Proves that the folder can be written. A run that is there stays until there is something better.
  replaces_ = file_exists(run_file());
  write_file_atomic(run_file(), replaces_ ? read_file(run_file(), kLargestRunFile) : to_json(to_keep(run)));
}

void RunFolder::save(const Run& run, double now_s) {
  if (saved_s_ && now_s < *saved_s_ + kSaveEvery_s) return;
  saved_s_ = now_s;
  try {
    const bool durable = !synced_s_ || now_s > *synced_s_ + kSyncEvery_s;
    write_file_atomic(run_file(), to_json(to_keep(run)), durable);
    if (durable) synced_s_ = now_s;
  } catch (const Error& error) {
    if (!complained_) complain(std::string(error.what()) + "; the last whole run file is kept, and measuring goes on");
    complained_ = true;
  }
}

std::vector<std::string> RunFolder::finish(const Run& run, std::span<const RunReport> reports) {
  if (replaces_ && run.blocks.empty() && run.session.stop_reason == "interrupted") return {};
  const Run kept = to_keep(run);
  write_file_atomic(run_file(), to_json(kept));
  std::vector<std::string> files = {run_file()};
  for (const RunReport& report : reports) {
    files.push_back(path_ + "/" + report.file);
    write_file_atomic(files.back(), report.write(kept));
  }
  return files;
}

std::string files_text(const std::vector<std::string>& files, const RunFolder& folder, const std::string& nothing) {
  return files.empty() ? "\n" + nothing + "; the run in " + folder.run_file() + " is kept.\n" : "\nWritten: " + join_words(files) + "\n";
}

std::vector<RunReport> usual_reports(const std::function<std::string(const Run&)>& markdown) {
  return {{"report.md", markdown}, {"report.html", [](const Run& run) { return html_report(run, page_files()); }}};
}

std::string default_run_folder(const std::string& utc) {
  std::string name = utc;
  // Colons are not allowed in file names everywhere.
  name.erase(std::remove(name.begin(), name.end(), ':'), name.end());
  const std::string folder = std::string(kResults) + "/" + name;
  std::string unused = folder;
  for (int other = 2; file_exists(unused); ++other) unused = folder + "-" + std::to_string(other);
  return unused;
}

std::string find_run_file(const std::string& given) {
  if (!given.empty()) return is_directory(given) ? given + "/run.json" : given;
  if (is_directory(kResults)) {
    std::vector<std::string> names = list_directory(kResults);
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
      const std::string file = std::string(kResults) + "/" + *name + "/run.json";
      if (file_exists(file)) return file;
    }
  }
  throw Error(ErrorKind::usage, std::string("there is no run in ") + kResults + " here; name a run.json, or make one with `m1bench all`");
}

Run load_run(const std::string& given) { return load_run_text(given).run; }

RunText load_run_text(const std::string& given) {
  const std::string path = find_run_file(given);
  std::string text = read_file(path, kLargestRunFile);
  try {
    Run run = run_from_json(text);
    return {std::move(run), std::move(text)};
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data) throw;
    throw Error(ErrorKind::data, path + ": " + error.what());
  }
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "result/model.hpp"

namespace m1bench {

// What a run's folder holds beside run.json: a text made of the run.
struct RunReport {
  std::string file;  // its name in the folder
  std::function<std::string(const Run&)> write;
};

// report.md and report.html, with `markdown` as what makes the former: not every run is told as `report` tells it.
std::vector<RunReport> usual_reports(const std::function<std::string(const Run&)>& markdown);

// The folder a run is kept in: run.json, rewritten whole as the run grows, and its reports.
class RunFolder {
 public:
  // Makes the folder and writes the run as it is before anything was measured, which proves that it can be written. Throws
  // Error(usage) if a run is already there and `force` is not given, Error(io) if it cannot be written.
  RunFolder(const std::string& path, bool force, const Run& run);

  // Replaces run.json if the last time is some seconds ago, so that a crash of this program costs no more than those; synced to
  // the disk now and then. A failure (a full disk) leaves the last whole file; the first one is told on standard error.
  // `now_s`: by the session's clock.
  void save(const Run& run, double now_s);

  // run.json for the last time, and the reports; throws Error(io). The files written, run.json first; none if an older run was
  // kept instead, because this one was interrupted before it had measured anything.
  std::vector<std::string> finish(const Run& run, std::span<const RunReport> reports);

  std::string run_file() const { return path_ + "/run.json"; }

 private:
  std::string path_;
  bool complained_ = false;
  std::optional<double> saved_s_, synced_s_;
  bool replaces_ = false;  // an older run, with --force
};

// The last line of a command that measures: which files it wrote, or that `nothing` was written for this reason.
std::string files_text(const std::vector<std::string>& files, const RunFolder& folder, const std::string& nothing);

// The largest run file that is read: a full run with every case at its most blocks has a few megabytes.
inline constexpr std::uint64_t kLargestRunFile = 64 << 20;

// m1bench-results/<UTC time>, with a number behind it if that is taken
std::string default_run_folder(const std::string& utc);

// The run file a person means: a file, a folder that holds run.json, or "" for the newest under m1bench-results.
// Throws Error(usage) if there is none.
std::string find_run_file(const std::string& given);

// The run in that file. Throws Error(usage) if there is none, Error(io) if it cannot be read, and Error(data) naming the file
// if it does not hold a run or is larger than kLargestRunFile.
Run load_run(const std::string& given);

// The same, with the text it was read from.
struct RunText {
  Run run;
  std::string text;
};
RunText load_run_text(const std::string& given);

}  // namespace m1bench

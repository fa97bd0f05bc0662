// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/recorded.hpp"
#include "history/database.hpp"

// The history of runs: one SQLite file, to which any number of programs may add at a time.
namespace m1bench {

// What became of a run that was to be added: it is there now, it was there before, or another one of its session is, and stays.
enum class Adding { added, known, contradicted };

// Throws Error(data) for a file that is no history, one of a newer version, or a damaged one, and leaves it as it is; Error(io)
// where the system refuses.
class History {
 public:
  // For adding: made if it is not there.
  static History to_add(const std::string& path);
  // For reading. Throws Error(usage) if there is none.
  static History to_read(const std::string& path);

  // Adds a run and its document, the text of run.json; on the disk when this returns, whoever is killed or whatever fills the
  // disk later.
  Adding add(const RecordedRun& run, std::string_view document);

  // Every run in the order they were started, with the series and traits of the cases that `wanted` names.
  std::vector<RecordedRun> runs(const std::function<bool(const std::string& case_name)>& wanted);

 private:
  explicit History(Database database) : database_(std::move(database)) {}
  Database database_;
};

// One run as the bytes of such a database: the format `sqlite` of `m1bench report`.
std::string run_database(const Run& run);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "history/history.hpp"

#include <utility>

#include "analysis/same_session.hpp"
#include "history/rows.hpp"
#include "history/schema.hpp"
#include "m1bench/core/error.hpp"
#include "platform/files.hpp"
#include "result/run_json.hpp"

namespace m1bench {
namespace {

// Throws unless the run that is there is this one, if in another text.
void expect_same(const std::string& known, std::string_view document, const std::string& session) {
  if (known == document || same_slots(run_from_json(known), run_from_json(document))) return;
  throw Error(ErrorKind::data, "the history has another run of session " + session.substr(0, 60) +
                                   ": one of them is incomplete or was changed; add the one you trust to another history");
}

}  // namespace

History History::to_add(const std::string& path) {
  refuse_foreign_file(path);
  Database database = Database::open(path, true);
  if (version_of(database, path) < kHistoryVersion) bring_up_to_date(database);
  return History(std::move(database));
}

History History::to_read(const std::string& path) {
  if (!file_exists(path)) {
    throw Error(ErrorKind::usage,
                "there is no history '" + path + "'; make one with `m1bench history add RUN.json`, or name another with --db");
  }
  refuse_foreign_file(path);
  Database database = Database::open(path, false);
  const int version = version_of(database, path);
  if (version == 0) refuse_foreign(path);
  if (version < kHistoryVersion) bring_up_to_date(database);
  return History(std::move(database));
}

bool History::add(const RecordedRun& run, std::string_view document) {
  Transaction transaction(database_, Transaction::Kind::writing);
  Statement known = database_.prepare("SELECT document FROM run WHERE session = ?");
  known.bind(0, run.session);
  if (known.step()) {
    expect_same(known.text(0), document, run.session);
    return false;
  }
  insert_run(database_, run, document);
  transaction.commit();
  return true;
}

std::vector<RecordedRun> History::runs(const std::function<bool(const std::string& case_name)>& wanted) {
  Transaction transaction(database_, Transaction::Kind::reading);
  return select_runs(database_, wanted);
}

std::string run_database(const Run& run) {
  Database database = Database::in_memory();
  bring_up_to_date(database);
  insert_run(database, recorded(run), to_json(run));
  return database.serialized();
}

}  // namespace m1bench

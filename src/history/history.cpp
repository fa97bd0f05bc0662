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

Run stored_run(const Database& database, const std::string& document) {
  try {
    return run_from_json(document);
  } catch (const Error&) {
    database.refuse("a document in it is no run");
  }
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

Adding History::add(const RecordedRun& run, std::string_view document) {
  Transaction transaction(database_, Transaction::Kind::writing);
  Statement known = database_.prepare("SELECT document FROM run WHERE session = ?");
  known.bind(0, run.session);
  if (known.step()) {
    const std::string stored = known.text(0);
    const bool same = stored == document || same_slots(stored_run(database_, stored), run_from_json(document));
    return same ? Adding::known : Adding::contradicted;
  }
  insert_run(database_, run, document);
  transaction.commit();
  return Adding::added;
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

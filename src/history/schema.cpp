// SPDX-License-Identifier: Apache-2.0
#include "history/schema.hpp"

#include <array>
#include <cstdint>
#include <string_view>

#include "m1bench/core/error.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

// The step at place i leads from version i to version i + 1. A step that was released is never changed: another is added.
constexpr std::array<const char*, kHistoryVersion> kSteps{
    R"sql(
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  session TEXT NOT NULL UNIQUE,
  started TEXT NOT NULL,
  ended TEXT NOT NULL,
  stop_reason TEXT NOT NULL,
  command TEXT NOT NULL,
  baseline TEXT NOT NULL,
  quick INTEGER NOT NULL,
  version TEXT NOT NULL,
  git_commit TEXT NOT NULL,
  dirty INTEGER NOT NULL,
  build_id TEXT NOT NULL,
  compiler TEXT NOT NULL,
  machine_id TEXT NOT NULL,
  cpu TEXT NOT NULL,
  os TEXT NOT NULL,
  document TEXT NOT NULL
);
CREATE TABLE mean (
  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  target TEXT NOT NULL,
  cases INTEGER NOT NULL,
  ratio REAL NOT NULL,
  PRIMARY KEY (run, target)
) WITHOUT ROWID;
CREATE TABLE series (
  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  case_name TEXT NOT NULL,
  target TEXT NOT NULL,
  outcome TEXT NOT NULL,
  verdict TEXT NOT NULL,
  blocks INTEGER NOT NULL,
  loop_s REAL,
  log_ratio REAL,
  half_width REAL,
  standard_error REAL,
  degrees REAL,
  PRIMARY KEY (run, case_name, target)
) WITHOUT ROWID;
CREATE TABLE trait (
  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  case_name TEXT NOT NULL,
  target TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run, case_name, target, field)
) WITHOUT ROWID;
)sql",
};

// Where SQLite's file format keeps these (https://www.sqlite.org/fileformat.html, 1.3), most significant byte first.
constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::size_t kVersionAt = 60, kApplicationAt = 68, kHead = 72;

std::int64_t four_bytes(std::string_view head, std::size_t at) {
  std::uint32_t value = 0;
  for (const char byte : head.substr(at, 4)) value = value << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int32_t>(value);
}

void refuse_version(std::int64_t version, const std::string& path) {
  if (version >= 1 && version <= kHistoryVersion) return;
  throw Error(ErrorKind::data, "the history '" + path + "' has version " + std::to_string(version) +
                                   " and this m1bench knows up to " + std::to_string(kHistoryVersion) +
                                   "; use the newer m1bench that wrote it, or name another file");
}

}  // namespace

void refuse_foreign_file(const std::string& path) {
  if (!file_exists(path)) return;
  const std::string head = read_head(path, kHead);
  if (head.empty()) return;
  if (head.size() < kHead || !head.starts_with(kMagic) || four_bytes(head, kApplicationAt) != kHistoryApplication)
    refuse_foreign(path);
  refuse_version(four_bytes(head, kVersionAt), path);
}

int version_of(Database& database, const std::string& path) {
  // One moment: another program may be making the tables.
  Transaction transaction(database, Transaction::Kind::reading);
  const std::int64_t version = database.number("PRAGMA user_version");
  const bool empty = database.number("SELECT count(*) FROM sqlite_schema") == 0;
  if (empty && version == 0) return 0;
  if (database.number("PRAGMA application_id") != kHistoryApplication) refuse_foreign(path);
  refuse_version(version, path);
  return static_cast<int>(version);
}

void bring_up_to_date(Database& database) {
  Transaction transaction(database, Transaction::Kind::writing);
  const std::int64_t version = database.number("PRAGMA user_version");
  if (version == 0) database.execute("PRAGMA application_id = " + std::to_string(kHistoryApplication));
  for (std::int64_t step = version; step < kHistoryVersion; ++step) database.execute(kSteps[static_cast<std::size_t>(step)]);
  if (version < kHistoryVersion) database.execute("PRAGMA user_version = " + std::to_string(kHistoryVersion));
  transaction.commit();
}

void refuse_foreign(const std::string& path) {
  throw Error(ErrorKind::data, "'" + path + "' is no history of m1bench and was not touched; name another file");
}

}  // namespace m1bench

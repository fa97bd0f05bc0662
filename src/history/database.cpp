// SPDX-License-Identifier: Apache-2.0
#include "history/database.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>
#include <thread>
#include <utility>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

// What SQLite's result codes mean to a user.
struct Failing {
  int code;
  ErrorKind kind;
  const char* what;
  const char* remedy;
};
constexpr Failing kFailings[]{
    {SQLITE_FULL, ErrorKind::io, "the disk is full", "free some space and try again; what was recorded before is kept"},
    {SQLITE_IOERR, ErrorKind::io, "it cannot be read or written",
     "see to its disk and try again; what was recorded before is kept"},
    {SQLITE_BUSY, ErrorKind::io, "another program does not let go of it", "end that program and try again"},
    {SQLITE_READONLY, ErrorKind::io, "it or its folder is read-only", "allow writing to both, or name another file with --db"},
    {SQLITE_CANTOPEN, ErrorKind::io, "it cannot be opened", "name a file in a folder that can be written with --db"},
    {SQLITE_PERM, ErrorKind::io, "the system forbids it", "name another file with --db"},
    {SQLITE_AUTH, ErrorKind::io, "the system forbids it", "name another file with --db"},
    {SQLITE_CORRUPT, ErrorKind::data, "it is damaged", "bring back a copy of it, or put it aside and add the runs to a new one"},
    {SQLITE_NOTADB, ErrorKind::data, "it is no database of m1bench's history", "name another file with --db"},
    {SQLITE_TOOBIG, ErrorKind::data, "a run is too large for it", "measure fewer cases at a time"},
    {SQLITE_ERROR, ErrorKind::data, "its tables are not those of m1bench's history", "name another file with --db"},
    {SQLITE_CONSTRAINT, ErrorKind::data, "its rows contradict each other", "put it aside and add the runs to a new one"},
};

// A name that SQLite takes for nothing but a file's.
std::string as_file(const std::string& path) { return path.starts_with("/") ? path : "./" + path; }

constexpr bool has_reason(int code) { return code == SQLITE_IOERR || code == SQLITE_READONLY || code == SQLITE_CANTOPEN; }

}  // namespace

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void Statement::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

// Short pauses first, because most writers are done at once, and never long ones, because there is no queue.
int Database::wait_for_others(void* patience, int tries) {
  auto& waiting = *static_cast<Patience*>(patience);
  const auto now = std::chrono::steady_clock::now();
  if (tries == 0) waiting.since = now;
  if (now - waiting.since >= waiting.limit) return 0;
  std::this_thread::sleep_for(std::chrono::milliseconds(std::min(1 + tries, 25)));
  return 1;
}

Database::Database(const std::string& file, int flags, std::string name, std::chrono::milliseconds patience)
    : name_(std::move(name)), patience_(std::make_unique<Patience>(Patience{patience, {}})) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);  // there is one to tell the reason even where opening failed
  if (handle == nullptr) throw std::bad_alloc();
  expect(code);
  sqlite3_extended_result_codes(handle, 1);
  expect(sqlite3_busy_handler(handle, wait_for_others, patience_.get()));
  // The file may be anybody's: its schema may not reach for functions, nor SQL for its inner tables.
  expect(sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr));
  expect(sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr));
  // Nor may a view stand for a table, or a trigger run when a row is added: either can go on for ever.
  expect(sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr));
  expect(sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr));
}

Database Database::in_memory() { return {":memory:", SQLITE_OPEN_READWRITE, "the database in memory", kPatience}; }

Database Database::open(const std::string& path, bool create, std::chrono::milliseconds patience) {
  Database database(as_file(path), SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0), path, patience);
  // A write-ahead log would be faster and loses nothing either, but needs memory that is shared by every writer: it does not
  // work on network file systems. What is committed is on the disk, whatever happens to the machine then: EXTRA also syncs the
  // folder after the journal is deleted, which would otherwise be back after a power cut and undo the commit; and macOS empties
  // a disk's own cache only for F_FULLFSYNC.
  database.execute(
      "PRAGMA synchronous = EXTRA; PRAGMA fullfsync = ON; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON");
  return database;
}

void Database::fail(int code) const {
  const int primary = code & 0xff;
  if (primary == SQLITE_NOMEM) throw std::bad_alloc();
  const auto row =
      std::find_if(std::begin(kFailings), std::end(kFailings), [&](const Failing& known) { return known.code == primary; });
  const std::string detail = sqlite3_errmsg(handle_.get());
  if (row == std::end(kFailings)) throw Error(ErrorKind::internal, "the history '" + name_ + "': SQLite says: " + detail);
  const int reason = has_reason(primary) ? sqlite3_system_errno(handle_.get()) : 0;
  throw Error(row->kind, "the history '" + name_ + "' cannot be used: " + row->what +
                             (reason != 0 ? " (" + std::string(std::strerror(reason)) + ")" : "") + "; " + row->remedy);
}

void Database::refuse(const std::string& what) const {
  throw Error(ErrorKind::data, "the history '" + name_ + "' cannot be used: " + what +
                                   "; bring back a copy of it, or put it aside and add the runs to a new one");
}

void Database::expect(int code, int wanted) const {
  if (code != wanted) fail(code);
}

void Database::execute(const std::string& sql) { expect(sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr)); }

Statement Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  expect(sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr));
  return {*this, statement};
}

std::int64_t Database::number(std::string_view sql) {
  Statement query = prepare(sql);
  if (!query.step()) refuse("a row is missing in it");
  return query.integer(0);
}

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_.get()); }

std::string Database::serialized() const {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(sqlite3_serialize(handle_.get(), "main", &size, 0),
                                                                      sqlite3_free);
  if (!bytes) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)};
}

void Statement::bind(int parameter, std::string_view text) {
  // An empty text may have no address, which would be NULL.
  database_->expect(sqlite3_bind_text64(handle_.get(), parameter + 1, text.empty() ? "" : text.data(), text.size(),
                                        SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int parameter, std::int64_t number) {
  database_->expect(sqlite3_bind_int64(handle_.get(), parameter + 1, number));
}

void Statement::bind(int parameter, std::optional<double> number) {
  database_->expect(number ? sqlite3_bind_double(handle_.get(), parameter + 1, *number)
                           : sqlite3_bind_null(handle_.get(), parameter + 1));
}

bool Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  database_->expect(code, SQLITE_DONE);
  return false;
}

void Statement::run() {
  while (step()) {
  }
  database_->expect(sqlite3_reset(handle_.get()));
}

void Statement::wrong_type(int column) const {
  database_->refuse(std::string("its column ") + sqlite3_column_name(handle_.get(), column) + " holds another kind of value");
}

std::string Statement::text(int column) const {
  if (sqlite3_column_type(handle_.get(), column) != SQLITE_TEXT) wrong_type(column);
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column));
  if (text == nullptr) throw std::bad_alloc();
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

std::int64_t Statement::integer(int column) const {
  if (sqlite3_column_type(handle_.get(), column) != SQLITE_INTEGER) wrong_type(column);
  return sqlite3_column_int64(handle_.get(), column);
}

std::optional<double> Statement::real(int column) const {
  const int type = sqlite3_column_type(handle_.get(), column);
  if (type == SQLITE_NULL) return std::nullopt;
  if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) wrong_type(column);
  const double number = sqlite3_column_double(handle_.get(), column);
  if (!std::isfinite(number)) wrong_type(column);
  return number;
}

Transaction::Transaction(Database& database, Kind kind) : database_(database) {
  // A writer asks for its lock before it reads: one that asked for it later could find that another had changed what it read.
  database.execute(kind == Kind::writing ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  // Errors that take a transaction back themselves leave nothing to do, and a destructor can tell of none.
  if (open_) sqlite3_exec(database_.handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace m1bench

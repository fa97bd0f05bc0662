// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

// As much of SQLite as the history needs. Everything throws Error: data if the file does not hold what it should, io if the
// system refused to open, read or write it, or another program does not let go of it.
namespace m1bench {

// How long to wait for other writers: each is done in milliseconds, so that even a thousand of them are within it.
inline constexpr std::chrono::milliseconds kPatience = std::chrono::minutes(5);

class Statement;

class Database {
 public:
  static Database in_memory();
  // For reading and writing, or only reading where the system allows no more. Made if it is not there and `create` is set.
  static Database open(const std::string& path, bool create, std::chrono::milliseconds patience = kPatience);

  // Several statements without results, separated by semicolons.
  void execute(const std::string& sql);
  Statement prepare(std::string_view sql);
  std::int64_t number(std::string_view sql);  // the first column of the first row
  std::int64_t last_row() const;              // that was inserted
  std::string serialized() const;             // as the bytes of a database file
  [[noreturn]] void refuse(const std::string& what) const;  // throws Error(data): it cannot be used, because

 private:
  friend class Statement;
  friend class Transaction;
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  struct Patience {
    std::chrono::milliseconds limit;
    std::chrono::steady_clock::time_point since;
  };
  Database(const std::string& file, int flags, std::string name, std::chrono::milliseconds patience);
  static int wait_for_others(void* patience, int tries);
  [[noreturn]] void fail(int code) const;
  void expect(int code, int wanted = 0) const;  // 0: SQLITE_OK

  std::string name_;
  std::unique_ptr<Patience> patience_;
  std::unique_ptr<sqlite3, Close> handle_;
};

// Refers to its database, which must outlive it. Parameters and columns count from 0.
class Statement {
 public:
  void bind(int parameter, std::string_view text);
  void bind(int parameter, std::int64_t number);
  void bind(int parameter, std::optional<double> number);  // nothing is NULL

  bool step();  // false: no more rows
  void run();   // to its end, and ready to be bound again

  // Throw Error(data) if the column holds another type.
  std::string text(int column) const;
  std::int64_t integer(int column) const;
  std::optional<double> real(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const;
  };
  Statement(const Database& database, sqlite3_stmt* handle) : database_(&database), handle_(handle) {}
  [[noreturn]] void wrong_type(int column) const;

  const Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

// Everything or nothing, seen by nobody before it is committed; on the disk when commit() returns. Taken back without that.
class Transaction {
 public:
  enum class Kind { reading, writing };  // one writer at a time
  Transaction(Database& database, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace m1bench

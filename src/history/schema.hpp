// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "history/database.hpp"

// The tables (docs/history.md), which version of them a file has, and the way from one version to the next.
namespace m1bench {

inline constexpr int kHistoryVersion = 1;               // PRAGMA user_version
inline constexpr int kHistoryApplication = 0x6d316268;  // PRAGMA application_id: "m1bh"

// Throws Error(data) if the file is there, not empty, and by its first bytes no history, or one of a newer m1bench: before SQLite
// gets to see it, which would take what is called like its journal for what a killed writer left, and delete it. Those bytes are
// the same whatever a killed writer of m1bench had written.
void refuse_foreign_file(const std::string& path);

// Which version its tables are of; 0 for an empty database. Throws Error(data) if it holds anything else, or a newer version.
int version_of(Database& database, const std::string& path);

// Makes the tables, or brings those of an older version up to date, if nobody else has done so first.
void bring_up_to_date(Database& database);

[[noreturn]] void refuse_foreign(const std::string& path);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/recorded.hpp"
#include "history/database.hpp"

// Runs into tables and back. The caller holds a transaction.
namespace m1bench {

void insert_run(Database& database, const RecordedRun& run, std::string_view document);

std::vector<RecordedRun> select_runs(Database& database, const std::function<bool(const std::string& case_name)>& wanted);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "analysis/summary.hpp"

// A run as records, one for each case on each available target: what CSV and JSON lines write.
namespace m1bench {

// Nothing where a field does not apply.
using Value = std::variant<std::monostate, std::string, double, std::uint64_t, bool>;

// Names and causes may be from files. docs/result-schema.md describes the columns; they are only ever added at the end.
struct RecordColumn {
  std::string_view name;
  Value (*value)(const Summary& summary, const CaseSummary& item, const TargetSummary& target);
};

std::span<const RecordColumn> record_columns();

}  // namespace m1bench

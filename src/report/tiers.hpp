// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "analysis/tiers.hpp"
#include "report/table.hpp"
#include "report/wording.hpp"

namespace m1bench {

// What `m1bench tiers` adds to a report: a row a case and tier, against the lowest tier under the same translator. Nothing in
// runs of other commands, and where there is nothing to compare.
std::optional<Table> tiers_table(const Run& run, const Summary& summary, NameStyle name);

inline constexpr std::string_view kTiersTitle = "What a wider instruction set is worth under the same translator";

}  // namespace m1bench

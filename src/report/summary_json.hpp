// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "result/model.hpp"

namespace m1bench {

inline constexpr int kSummarySchemaVersion = 1;

// What the table says, for programs: the document "m1bench-summary" that docs/summary.schema.json describes.
std::string summary_json(const Run& run);

}  // namespace m1bench

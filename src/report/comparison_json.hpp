// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/comparison_wording.hpp"

namespace m1bench {

inline constexpr int kComparisonSchemaVersion = 1;

// What the gate decided and why, for programs: the document "m1bench-comparison" that docs/comparison.schema.json describes.
std::string comparison_json(const Comparison& comparison, const ComparedRuns& runs);

}  // namespace m1bench

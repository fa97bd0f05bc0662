// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/summary.hpp"
#include "report/table.hpp"
#include "report/wording.hpp"

namespace m1bench {

// The columns of the one table of results, in their order.
enum class Field { name, baseline, rate, baseline_share, target, time, share, ratio, verdict, instructions, energy, noise_floor };

// A row a case and other target; a case's own facts stand in its first row only. `name` is how the report writes names.
Table results_table(const Summary& summary, std::span<const Field> fields, NameStyle name);

// All fields that make sense for this run: without another target there is nothing to compare with, and with one alone its
// name would be the same in every row. Shares of the bound are columns where a bound was measured, instructions and energy where
// somebody counted them on both sides, the noise floor where a control measured it.
std::vector<Field> all_fields(const Summary& summary);

Tone tone_of(const TargetSummary& target);

}  // namespace m1bench

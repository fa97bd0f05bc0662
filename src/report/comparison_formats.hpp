// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/comparison_wording.hpp"
#include "report/terminal.hpp"

namespace m1bench {

struct ComparisonStyle {
  TerminalStyle terminal;
  bool unsure_fails = true;
};

// The one table of what `compare --format` accepts.
struct ComparisonFormat {
  std::string_view name;
  std::string_view description;
  std::string (*write)(const Comparison& comparison, const ComparedRuns& runs, const ComparisonStyle& style);
};

std::span<const ComparisonFormat> comparison_formats();

// Throws Error(usage) with the nearest name if there is none of that name.
const ComparisonFormat& comparison_format_named(std::string_view name);

}  // namespace m1bench

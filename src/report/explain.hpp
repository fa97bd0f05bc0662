// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "analysis/explain.hpp"
#include "report/terminal.hpp"

namespace m1bench {

struct ExplainedRun {
  const Run& run;
  const Explanation& explanation;
};

// The one table of what `explain --format` accepts.
struct ExplainFormat {
  std::string_view name;
  std::string_view description;
  std::string (*write)(const ExplainedRun& explained, const TerminalStyle& style);
};

std::span<const ExplainFormat> explain_formats();

// Throws Error(usage) with the nearest name if there is none of that name.
const ExplainFormat& explain_format_named(std::string_view name);

std::string explain_terminal(const ExplainedRun& explained, const TerminalStyle& style);
std::string explain_markdown(const ExplainedRun& explained);
std::string explain_json(const ExplainedRun& explained);  // docs/explain.schema.json

}  // namespace m1bench

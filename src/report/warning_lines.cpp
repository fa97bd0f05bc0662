// SPDX-License-Identifier: Apache-2.0
#include "report/warning_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/warnings.hpp"
#include "m1bench/core/text.hpp"
#include "report/escape.hpp"
#include "report/table.hpp"
#include "report/wording.hpp"

namespace m1bench {

std::string warning_lines(std::span<const Warning> warnings, const TerminalStyle& style, std::string_view whose) {
  // More than this nobody reads.
  constexpr std::size_t kMost = 6;
  const std::vector<Warning> groups = grouped(warnings);
  const std::string of = whose.empty() ? "" : fmt::format(" of {}", whose);
  std::string text;
  for (std::size_t i = 0; i < std::min(kMost, groups.size()); ++i) {
    text += toned("warning", Tone::doubtful, style.color);
    // Wrapped with the word in place, so that lines break where they do without colour.
    const std::string line = fmt::format("warning{}: {} [{}]", of, escape_terminal(warning_text(groups[i])), groups[i].code);
    text += wrap(line, style.width, "", "  ").substr(std::string_view("warning").size());
  }
  std::vector<std::string> others;
  for (std::size_t i = kMost; i < groups.size(); ++i) others.push_back(groups[i].code);
  if (!others.empty()) text += wrap("also: " + join_words(others) + " (report --format markdown tells)", style.width, "", "  ");
  return text.empty() ? "" : "\n" + text;
}

std::string warning_items(std::span<const Warning> warnings, std::string_view whose) {
  const std::string of = whose.empty() ? "" : fmt::format("{}: ", whose);
  std::string text;
  for (const Warning& warning : grouped(warnings)) {
    text += fmt::format("- {}{} ({})\n", of, escape_markdown(warning_text(warning)), markdown_name(warning.code));
  }
  return text;
}

}  // namespace m1bench

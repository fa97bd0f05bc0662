// SPDX-License-Identifier: Apache-2.0
#include "report/github_summary.hpp"

#include <fmt/format.h>

#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

// What ends the code block and the fold in which `markdown` stops.
std::string closing(std::string_view markdown) {
  bool code = false, folded = false;
  for (const std::string& line : split(markdown, '\n')) {
    if (line.starts_with("```")) code = !code;
    if (line.starts_with("<details>")) folded = true;
    if (line.starts_with("</details>")) folded = false;
  }
  return std::string(code ? "```\n" : "") + (folded ? "\n</details>\n" : "");
}

}  // namespace

std::string cut_report(std::string_view markdown, std::size_t bytes, std::string_view whole) {
  if (markdown.size() <= bytes) return std::string(markdown);
  const std::string sentence =
      fmt::format("\nThe rest is left out here, for GitHub shows no more; the whole report is in {}.\n", whole);
  constexpr std::size_t kClosing = 20;
  if (bytes < sentence.size() + kClosing) return "";
  const std::size_t end = markdown.substr(0, bytes - sentence.size() - kClosing).rfind('\n');
  const std::string kept(markdown.substr(0, end == std::string_view::npos ? 0 : end + 1));
  return kept + closing(kept) + sentence;
}

}  // namespace m1bench

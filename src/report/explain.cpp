// SPDX-License-Identifier: Apache-2.0
#include "report/explain.hpp"

#include "report/format_named.hpp"

namespace m1bench {
namespace {

constexpr ExplainFormat kFormats[] = {
    {"terminal", "for people, as wide as the terminal",
     [](const ExplainedRun& explained, const TerminalStyle& style) { return explain_terminal(explained, style); }},
    {"markdown", "tables for an issue",
     [](const ExplainedRun& explained, const TerminalStyle&) { return explain_markdown(explained); }},
    {"json", "every reason with its share, for programs",
     [](const ExplainedRun& explained, const TerminalStyle&) { return explain_json(explained); }},
};

}  // namespace

std::span<const ExplainFormat> explain_formats() { return kFormats; }

const ExplainFormat& explain_format_named(std::string_view name) { return find_format(explain_formats(), name); }

}  // namespace m1bench

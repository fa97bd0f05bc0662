// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_formats.hpp"

#include "report/comparison_json.hpp"
#include "report/comparison_junit.hpp"
#include "report/comparison_markdown.hpp"
#include "report/comparison_terminal.hpp"
#include "report/format_named.hpp"

namespace m1bench {
namespace {

constexpr ComparisonFormat kFormats[] = {
    {"terminal", "a table for people, as wide as the terminal",
     [](const Comparison& comparison, const ComparedRuns& runs, const ComparisonStyle& style) {
       return comparison_terminal(comparison, runs, style.terminal);
     }},
    {"markdown", "a table with what it rests on, for a pull request",
     [](const Comparison& comparison, const ComparedRuns& runs, const ComparisonStyle&) {
       return comparison_markdown(comparison, runs);
     }},
    {"json", "every decision with its numbers, for programs",
     [](const Comparison& comparison, const ComparedRuns& runs, const ComparisonStyle&) {
       return comparison_json(comparison, runs);
     }},
    {"junit", "a test for each case on each target, for the test view of a CI service",
     [](const Comparison& comparison, const ComparedRuns& runs, const ComparisonStyle& style) {
       return comparison_junit(comparison, runs, style.unsure_fails);
     }},
};

}  // namespace

std::span<const ComparisonFormat> comparison_formats() { return kFormats; }

const ComparisonFormat& comparison_format_named(std::string_view name) { return find_format(comparison_formats(), name); }

}  // namespace m1bench

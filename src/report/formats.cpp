// SPDX-License-Identifier: Apache-2.0
#include "report/formats.hpp"

#include "history/history.hpp"
#include "report/bencher_json.hpp"
#include "report/benchfmt.hpp"
#include "report/csv.hpp"
#include "report/format_named.hpp"
#include "report/gbench_json.hpp"
#include "report/github_action_json.hpp"
#include "report/html.hpp"
#include "report/junit.hpp"
#include "report/lines_json.hpp"
#include "report/markdown.hpp"
#include "report/summary_json.hpp"

namespace m1bench {
namespace {

constexpr Format kFormats[] = {
    {"terminal", "a table for people, as wide as the terminal", false,
     [](const Run& run, const FormatOptions& options) { return terminal_report(run, options.style); }},
    {"markdown", "a table with its provenance, for an issue or a README", false,
     [](const Run& run, const FormatOptions&) { return markdown_report(run); }},
    {"html", "one file for a browser, with charts and a table to sort; it loads nothing", false,
     [](const Run& run, const FormatOptions&) { return html_report(run, page_files()); }},
    {"csv", "one record for each case on each target, for spreadsheets", false,
     [](const Run& run, const FormatOptions&) { return csv_report(run); }},
    {"json", "what the table says as JSON, for programs (run.json itself holds every slot)", false,
     [](const Run& run, const FormatOptions&) { return summary_json(run); }},
    {"gbench", "one target as Google Benchmark writes it, for its compare.py", true,
     [](const Run& run, const FormatOptions& options) { return gbench_report(run, options.target); }},
    {"jsonl", "a JSON object in a line for each case on each target, for pipelines of logs", false,
     [](const Run& run, const FormatOptions&) { return lines_json(run); }},
    {"junit", "a test for each case on each target, for the test view of a CI service", false,
     [](const Run& run, const FormatOptions&) { return junit_report(run); }},
    {"github-action-benchmark", "ratios and times, for that action's customSmallerIsBetter", false,
     [](const Run& run, const FormatOptions&) { return github_action_json(run); }},
    {"bencher", "ratios and times in Bencher's metric format, for `bencher run --adapter json`", false,
     [](const Run& run, const FormatOptions&) { return bencher_json(run); }},
    {"benchfmt", "every block in the Go benchmark format, for benchstat", false,
     [](const Run& run, const FormatOptions&) { return benchfmt_report(run); }},
    {"sqlite", "the run as an SQLite database with the tables of `m1bench history`, for queries", false,
     [](const Run& run, const FormatOptions&) { return run_database(run); }, true},
};

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format& format_named(std::string_view name) { return find_format(formats(), name); }

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "report/annotations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/summary.hpp"
#include "report/comparison_outcome.hpp"
#include "report/comparison_wording.hpp"
#include "report/escape.hpp"

namespace m1bench {
namespace {

enum class Finding { wrong, not_comparable, missing, regressed, failed, unsure };

struct Row {
  Finding finding;
  AnnotationLevel level;
  std::string_view title;
};

// Which finding is annotated how, the worst first.
constexpr Row kRows[] = {
    {Finding::wrong, AnnotationLevel::error, "m1bench: wrong answer"},
    {Finding::not_comparable, AnnotationLevel::error, "m1bench: not comparable"},
    {Finding::missing, AnnotationLevel::error, "m1bench: missing in head"},
    {Finding::regressed, AnnotationLevel::error, "m1bench: regression"},
    {Finding::failed, AnnotationLevel::warning, "m1bench: failed"},
    {Finding::unsure, AnnotationLevel::warning, "m1bench: unsure"},
};

struct Found {
  Finding finding;
  std::string message;
};

std::vector<Annotation> annotated(const std::vector<Found>& all) {
  std::vector<Annotation> annotations;
  for (const Row& row : kRows) {
    for (const Found& found : all) {
      if (found.finding == row.finding) annotations.push_back({row.level, row.title, found.message});
    }
  }
  return annotations;
}

std::optional<Finding> finding_of(Decision decision) {
  switch (decision) {
    case Decision::wrong: return Finding::wrong;
    case Decision::missing: return Finding::missing;
    case Decision::regressed: return Finding::regressed;
    case Decision::unsure: return Finding::unsure;
    case Decision::ok: break;
  }
  return std::nullopt;
}

std::string on_target(const std::string& case_name, const std::string& target) {
  return case_name.empty() ? target : case_name + " on " + target;
}

// As github.com/actions/runner takes them apart again.
std::string escape_message(std::string_view message) {
  std::string result;
  for (const char c : escape_terminal(message)) result += c == '%' ? std::string("%25") : std::string(1, c);
  return result;
}

std::string escape_property(std::string_view text) {
  std::string result;
  for (const char c : escape_message(text)) {
    result += c == ':' ? std::string("%3A") : c == ',' ? std::string("%2C") : std::string(1, c);
  }
  return result;
}

std::string command(AnnotationLevel level, std::string_view title, std::string_view message) {
  return fmt::format("::{} title={}::{}\n", level == AnnotationLevel::error ? "error" : "warning", escape_property(title),
                     escape_message(message));
}

}  // namespace

std::vector<Annotation> annotations_of(const Run& run) {
  std::vector<Found> all;
  for (const Problem& problem : summarise(run).problems) {
    if (problem.outcome != Outcome::wrong && problem.outcome != Outcome::failed) continue;
    const Finding finding = problem.outcome == Outcome::wrong ? Finding::wrong : Finding::failed;
    all.push_back({finding, on_target(problem.case_name, problem.target) + ": " + problem.cause});
  }
  return annotated(all);
}

std::vector<Annotation> annotations_of(const Comparison& comparison) {
  std::vector<Found> all;
  const bool unlike = !comparison.unlike.empty() && !comparison.forced;
  if (unlike || comparison.changes.empty()) all.push_back({Finding::not_comparable, headline(comparison)});
  for (const Change& change : comparison.changes) {
    const std::optional<Finding> finding = finding_of(change.decision);
    if (!finding) continue;
    const std::string what = change.cause.empty() ? " " + change_text(change, comparison.pairing) : ": " + change.cause;
    all.push_back({*finding, on_target(change.case_name, change.target) + what});
  }
  return annotated(all);
}

std::string workflow_commands(const std::vector<Annotation>& annotations) {
  std::string text;
  for (const AnnotationLevel level : {AnnotationLevel::error, AnnotationLevel::warning}) {
    const auto all = std::count_if(annotations.begin(), annotations.end(),
                                   [&](const Annotation& row) { return row.level == level; });
    const auto shown = all > kMostAnnotations ? kMostAnnotations - 1 : all;
    std::ptrdiff_t told = 0;
    for (const Annotation& row : annotations) {
      if (row.level == level && told++ < shown) text += command(level, row.title, row.message);
    }
    if (all > shown) text += command(level, "m1bench", fmt::format("and {} more: see the report", all - shown));
  }
  return text;
}

}  // namespace m1bench

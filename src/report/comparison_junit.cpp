// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_junit.hpp"

#include <fmt/format.h>

#include "m1bench/core/text.hpp"
#include "report/comparison_terminal.hpp"
#include "report/escape.hpp"
#include "report/junit_xml.hpp"

namespace m1bench {
namespace {

constexpr int kOutputWidth = 120;

std::string evidence(const Change& change, Pairing pairing) {
  std::string text = change.log_change ? change_text(change, pairing) : "no change is known";
  if (change.base_loop_s) text += "\nbase: " + format_seconds(*change.base_loop_s) + " a loop";
  if (change.head_loop_s) text += "\nhead: " + format_seconds(*change.head_loop_s) + " a loop";
  if (change.adjusted_p) text += "\np, adjusted by Holm's method: " + format_significant(*change.adjusted_p, 2);
  if (!change.remedy.empty()) text += "\n" + escape_terminal(change.remedy);
  return text;
}

TestCase test_of(const Comparison& comparison, const Change& change, bool unsure_fails) {
  TestCase test;
  test.class_name = "m1bench." + change.target;
  test.name = change.case_name;
  test.time_s = change.head_loop_s.value_or(0);
  if (change.decision == Decision::ok) return test;
  const bool passes = change.decision == Decision::unsure && !unsure_fails;
  test.result = passes ? TestResult::skipped : TestResult::failed;
  test.type = name_of(change.decision);
  const bool explained = !change.cause.empty();
  test.message = explained ? std::string(problem_text(change.decision)) + ": " + change.cause
                           : decision_text(change, comparison.margin) + ": " + change_text(change, comparison.pairing);
  test.details = evidence(change, comparison.pairing);
  return test;
}

TestCase failed_comparison(const Comparison& comparison) {
  TestCase test{"m1bench.compare", "base and head can be compared"};
  test.result = TestResult::failed;
  test.type = name_of(GateOutcome::not_comparable);
  test.message = headline(comparison);
  for (const Difference& row : comparison.unlike) {
    test.details += escape_terminal(row.field + ": base " + row.base + ", head " + row.head) + "\n";
  }
  return test;
}

std::vector<TestCase> tests_of(const Comparison& comparison, bool unsure_fails) {
  std::vector<TestCase> tests;
  const bool unlike = !comparison.unlike.empty() && !comparison.forced;
  if (unlike || comparison.changes.empty()) tests.push_back(failed_comparison(comparison));
  for (const Change& change : comparison.changes) tests.push_back(test_of(comparison, change, unsure_fails));
  for (const std::string& name : comparison.only_in_head) {
    tests.push_back({"m1bench.new", name, 0, TestResult::skipped, "new", "new in head: there is nothing to compare it with", ""});
  }
  return tests;
}

std::vector<TestProperty> properties_of(const Comparison& comparison, const ComparedRuns& runs) {
  std::vector<TestProperty> properties = {{"outcome", std::string(name_of(outcome_of(comparison)))}};
  for (const Heading& line : headings(comparison, runs)) properties.push_back({line.label, line.text});
  properties.push_back({"margin", fmt::format("{:.9g}", comparison.margin)});
  properties.push_back({"tested", fmt::format("{}", tested(comparison))});
  properties.push_back({"adjustment", "holm"});
  for (const Difference& row : comparison.unlike) {
    properties.push_back({"unlike", row.field + ": " + row.base + " and " + row.head});
  }
  return properties;
}

}  // namespace

std::string comparison_junit(const Comparison& comparison, const ComparedRuns& runs, bool unsure_fails) {
  TestSuite suite{"m1bench.gate", runs.head->session.started};
  for (const auto& [kind, seconds] : runs.head->session.time_spent_s) suite.time_s += seconds;
  suite.properties = properties_of(comparison, runs);
  suite.tests = tests_of(comparison, unsure_fails);
  suite.output = comparison_terminal(comparison, runs, {kOutputWidth, false});
  return junit_xml(suite);
}

}  // namespace m1bench

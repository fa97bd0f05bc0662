// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_junit.hpp"

#include <fmt/format.h>

#include "m1bench/core/text.hpp"
#include "report/comparison_terminal.hpp"
#include "report/escape.hpp"

namespace m1bench {
namespace {

constexpr int kOutputWidth = 120;

enum class Result { passed, failed, skipped };

struct TestCase {
  std::string class_name, name;
  double time_s = 0;
  Result result = Result::passed;
  std::string type = {}, message = {}, details = {};
};

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
  test.result = passes ? Result::skipped : Result::failed;
  test.type = name_of(change.decision);
  const bool explained = !change.cause.empty();
  test.message = explained ? std::string(problem_text(change.decision)) + ": " + change.cause
                           : decision_text(change, comparison.margin) + ": " + change_text(change, comparison.pairing);
  test.details = evidence(change, comparison.pairing);
  return test;
}

TestCase failed_comparison(const Comparison& comparison) {
  TestCase test{"m1bench.compare", "base and head can be compared"};
  test.result = Result::failed;
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
    tests.push_back({"m1bench.new", name, 0, Result::skipped, "new", "new in head: there is nothing to compare it with", ""});
  }
  return tests;
}

// Several lines, each escaped; the breaks between them stay.
std::string escape_lines(const std::string& text) {
  std::string result;
  for (const std::string& line : split(text, '\n')) result += (result.empty() ? "" : "\n") + escape_xml(line);
  return result;
}

std::string test_xml(const TestCase& test) {
  // Fixed notation: Ant's schema wants a decimal, which has no exponent.
  const std::string start = fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.9f}\"", escape_xml(test.class_name),
                                        escape_xml(test.name), test.time_s);
  if (test.result == Result::passed) return start + "/>\n";
  if (test.result == Result::skipped) {
    return fmt::format("{}>\n      <skipped message=\"{}\"/>\n    </testcase>\n", start, escape_xml(test.message));
  }
  return fmt::format("{}>\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n", start,
                     escape_xml(test.type), escape_xml(test.message), escape_lines(test.details));
}

std::string properties_xml(const Comparison& comparison, const ComparedRuns& runs) {
  std::string text = "    <properties>\n";
  const auto add = [&](std::string_view name, std::string_view value) {
    text += fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name, escape_xml(value));
  };
  add("outcome", name_of(outcome_of(comparison)));
  for (const Heading& line : headings(comparison, runs)) add(line.label, line.text);
  add("margin", fmt::format("{:.9g}", comparison.margin));
  add("tested", fmt::format("{}", tested(comparison)));
  add("adjustment", "holm");
  for (const Difference& row : comparison.unlike) add("unlike", row.field + ": " + row.base + " and " + row.head);
  return text + "    </properties>\n";
}

// "2025-03-04T10:11:12": Ant's schema takes no time zone; "" if it is no such time.
std::string timestamp(const std::string& utc) {
  constexpr std::string_view kPattern = "dddd-dd-ddTdd:dd:dd";
  if (utc.size() < kPattern.size()) return "";
  for (std::size_t i = 0; i < kPattern.size(); ++i) {
    const bool digit = utc[i] >= '0' && utc[i] <= '9';
    if (kPattern[i] == 'd' ? !digit : utc[i] != kPattern[i]) return "";
  }
  return utc.substr(0, kPattern.size());
}

std::string suite_start(const std::vector<TestCase>& tests, const ComparedRuns& runs) {
  int failed = 0, skipped = 0;
  for (const TestCase& test : tests) {
    failed += test.result == Result::failed;
    skipped += test.result == Result::skipped;
  }
  double spent_s = 0;
  for (const auto& [kind, seconds] : runs.head->session.time_spent_s) spent_s += seconds;
  const std::string started = timestamp(runs.head->session.started);
  // No host has a name here: people paste these files.
  return fmt::format("  <testsuite name=\"m1bench.gate\" package=\"m1bench\" id=\"0\" timestamp=\"{}\" hostname=\"localhost\" "
                     "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{:.3f}\">\n",
                     started.empty() ? "1970-01-01T00:00:00" : started, tests.size(), failed, skipped, spent_s);
}

}  // namespace

std::string comparison_junit(const Comparison& comparison, const ComparedRuns& runs, bool unsure_fails) {
  const std::vector<TestCase> tests = tests_of(comparison, unsure_fails);
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n" + suite_start(tests, runs);
  text += properties_xml(comparison, runs);
  for (const TestCase& test : tests) text += test_xml(test);
  text += "    <system-out>" + escape_lines(comparison_terminal(comparison, runs, {kOutputWidth, false})) + "</system-out>\n";
  return text + "    <system-err/>\n  </testsuite>\n</testsuites>\n";
}

}  // namespace m1bench

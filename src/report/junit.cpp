// SPDX-License-Identifier: Apache-2.0
#include "report/junit.hpp"

#include "analysis/summary.hpp"
#include "report/escape.hpp"
#include "report/junit_xml.hpp"
#include "report/terminal.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

constexpr int kOutputWidth = 120;

TestResult result_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::measured: return TestResult::passed;
    case Outcome::wrong: return TestResult::failed;
    case Outcome::failed: return TestResult::error;
    case Outcome::skipped:
    case Outcome::unmeasured:
    case Outcome::unavailable: break;
  }
  return TestResult::skipped;
}

TestCase test_of(const std::string& target, const std::string& name, Outcome outcome, const std::string& cause,
                 const std::string& remedy) {
  TestCase test{"m1bench." + target, name};
  test.result = result_of(outcome);
  if (test.result == TestResult::passed) return test;
  test.type = name_of(outcome);
  test.message = test.type + (cause.empty() ? "" : ": " + cause);
  test.details = escape_terminal(remedy);
  return test;
}

TestCase test_of(const CaseSummary& item, const TargetSummary& target) {
  TestCase test = test_of(target.target, item.name, target.outcome, target.cause, target.remedy);
  test.time_s = target.loop_s.value_or(0);
  return test;
}

TestCase test_of_target(const Run& run, const Problem& problem) {
  TestCase test = test_of(problem.target, "the target runs", problem.outcome, problem.cause, problem.remedy);
  const Target* target = find_target(run, problem.target);
  if (problem.outcome == Outcome::unavailable && target && target->named) test.result = TestResult::error;
  return test;
}

std::vector<TestCase> tests_of(const Run& run, const Summary& summary) {
  std::vector<TestCase> tests;
  for (const Problem& problem : summary.problems) {
    if (problem.case_name.empty()) tests.push_back(test_of_target(run, problem));
  }
  for (const CaseSummary& item : summary.cases) {
    tests.push_back(test_of(item, item.baseline));
    for (const TargetSummary& other : item.others) tests.push_back(test_of(item, other));
  }
  // A suite without tests would pass unseen.
  if (tests.empty()) {
    tests.push_back({"m1bench.run", "there is a case", 0, TestResult::error, "empty", "the run has no case", ""});
  }
  return tests;
}

}  // namespace

std::string junit_report(const Run& run) {
  const Summary summary = summarise(run);
  TestSuite suite{"m1bench.run", run.session.started, summary.time_spent_s};
  suite.properties = {{"baseline", summary.baseline},
                      {"machine", machine_text(run)},
                      {"m1bench", run.tool.version},
                      {"session", run.session.id},
                      {"quick", summary.quick ? "yes" : "no"}};
  suite.tests = tests_of(run, summary);
  suite.output = terminal_report(run, {kOutputWidth, false});
  return junit_xml(suite);
}

}  // namespace m1bench

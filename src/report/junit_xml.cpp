// SPDX-License-Identifier: Apache-2.0
#include "report/junit_xml.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "m1bench/core/text.hpp"
#include "report/escape.hpp"

namespace m1bench {
namespace {

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
  if (test.result == TestResult::passed) return start + "/>\n";
  if (test.result == TestResult::skipped) {
    return fmt::format("{}>\n      <skipped message=\"{}\"/>\n    </testcase>\n", start, escape_xml(test.message));
  }
  const std::string_view element = test.result == TestResult::error ? "error" : "failure";
  return fmt::format("{0}>\n      <{1} type=\"{2}\" message=\"{3}\">{4}</{1}>\n    </testcase>\n", start, element,
                     escape_xml(test.type), escape_xml(test.message), escape_lines(test.details));
}

std::string properties_xml(const std::vector<TestProperty>& properties) {
  std::string text = "    <properties>\n";
  for (const TestProperty& row : properties) {
    text += fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", row.name, escape_xml(row.value));
  }
  return text + "    </properties>\n";
}

// "2025-03-04T10:11:12": Ant's schema takes no time zone, and wants a time.
std::string timestamp(const std::string& utc) {
  constexpr std::string_view kPattern = "dddd-dd-ddTdd:dd:dd", kNone = "1970-01-01T00:00:00";
  if (utc.size() < kPattern.size()) return std::string(kNone);
  for (std::size_t i = 0; i < kPattern.size(); ++i) {
    const bool digit = utc[i] >= '0' && utc[i] <= '9';
    if (kPattern[i] == 'd' ? !digit : utc[i] != kPattern[i]) return std::string(kNone);
  }
  return utc.substr(0, kPattern.size());
}

std::string suite_start(const TestSuite& suite) {
  const auto count = [&](TestResult result) {
    return std::count_if(suite.tests.begin(), suite.tests.end(), [&](const TestCase& test) { return test.result == result; });
  };
  // No host has a name here: people paste these files.
  return fmt::format("  <testsuite name=\"{}\" package=\"m1bench\" id=\"0\" timestamp=\"{}\" hostname=\"localhost\" "
                     "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\">\n",
                     suite.name, timestamp(suite.started), suite.tests.size(), count(TestResult::failed),
                     count(TestResult::error), count(TestResult::skipped), suite.time_s);
}

}  // namespace

std::string junit_xml(const TestSuite& suite) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n" + suite_start(suite);
  text += properties_xml(suite.properties);
  for (const TestCase& test : suite.tests) text += test_xml(test);
  text += "    <system-out>" + escape_lines(suite.output) + "</system-out>\n";
  return text + "    <system-err/>\n  </testsuite>\n</testsuites>\n";
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

// What every JUnit report is made of. Texts may be from files: all of them are escaped here.
namespace m1bench {

enum class TestResult { passed, failed, error, skipped };

struct TestCase {
  std::string class_name, name;
  double time_s = 0;
  TestResult result = TestResult::passed;
  std::string type = {};     // of a failure or an error: "regressed", "wrong answer"
  std::string message = {};  // of all but passed
  std::string details = {};  // of a failure or an error; lines
};

struct TestProperty {
  std::string_view name;
  std::string value;
};

struct TestSuite {
  std::string_view name;
  std::string started;  // "2025-03-04T10:11:12Z"; what is no such time becomes 1970
  double time_s = 0;
  std::vector<TestProperty> properties = {};
  std::vector<TestCase> tests = {};
  std::string output = {};  // the report for people
};

// One suite as JUnit XML, in the order of elements that Ant's schema and Jenkins want.
std::string junit_xml(const TestSuite& suite);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "report/annotations.hpp"

#include <gtest/gtest.h>

#include "m1bench/core/text.hpp"
#include "report/comparison_samples.hpp"
#include "report/sample_runs.hpp"
#include "support/golden.hpp"

namespace m1bench {
namespace {

using enum AnnotationLevel;

TEST(Annotations, Golden) {
  std::string text;
  const auto add = [&](const std::string& name, const std::vector<Annotation>& annotations) {
    text += "# " + name + "\n" + workflow_commands(annotations);
  };
  add("linux", annotations_of(linux_run()));
  add("hostile run", annotations_of(hostile_run()));
  add("ab", annotations_of(ab_comparison()));
  add("sessions", annotations_of(sessions_comparison()));
  add("unlike", annotations_of(unlike_comparison()));
  add("forced", annotations_of(forced_comparison()));
  add("empty", annotations_of(empty_comparison()));
  add("hostile", annotations_of(hostile_comparison()));
  expect_golden("report_annotations.txt", text);
}

TEST(Annotations, AMessageStaysInItsLine) {
  struct Row {
    const char* name;
    std::string message, line;
  };
  const Row rows[] = {
      {"plain", "takes 1.94x the time [1.90, 1.99]", "takes 1.94x the time [1.90, 1.99]"},
      {"per cent", "100 % and %0A", "100 %25 and %250A"},
      {"lines", "a\r\nb", "a\\u{D}\\u{A}b"},
      {"a command", "x\n::set-env name=PATH::/evil", "x\\u{A}\\u{3A}:set-env name=PATH::/evil"},
      {"an older command", "##[set-env name=PATH;]/evil", "\\u{23}#[set-env name=PATH;]/evil"},
      {"stop", "::stop-commands::a", "\\u{3A}:stop-commands::a"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(workflow_commands({{error, "title", row.message}}), "::error title=title::" + row.line + "\n") << row.name;
  }
}

TEST(Annotations, ATitleIsAProperty) {
  EXPECT_EQ(workflow_commands({{warning, "a: b, c=100 %", "x"}}), "::warning title=a%3A b%2C c=100 %25::x\n");
}

TEST(Annotations, AtMostTenOfEachLevel) {
  struct Row {
    std::size_t all, lines;
    const char* last;
  };
  for (const Row& row : {Row{10, 10, "::warning title=t::9"}, Row{11, 10, "::warning title=m1bench::and 2 more: see the report"},
                         Row{500, 10, "::warning title=m1bench::and 491 more: see the report"}}) {
    std::vector<Annotation> annotations = {{error, "t", "e"}};
    std::vector<std::string> numbers(row.all);
    for (std::size_t i = 0; i < row.all; ++i) annotations.push_back({warning, "t", std::to_string(i)});
    const std::vector<std::string> lines = split(workflow_commands(annotations), '\n');
    ASSERT_EQ(lines.size(), 1 + row.lines + 1) << row.all;
    EXPECT_EQ(lines[0], "::error title=t::e");
    EXPECT_EQ(lines[row.lines], row.last);
  }
}

}  // namespace
}  // namespace m1bench

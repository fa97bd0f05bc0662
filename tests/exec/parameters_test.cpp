// SPDX-License-Identifier: Apache-2.0
#include "exec/parameters.hpp"

#include <gtest/gtest.h>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

TEST(Parameters, AreListsOrRanges) {
  const struct {
    const char *option, *name;
    std::vector<std::string> values;
  } rows[] = {
      {"N=1,10,100", "N", {"1", "10", "100"}},
      {"mode=fast", "mode", {"fast"}},
      {"N=3..6", "N", {"3", "4", "5", "6"}},
      {"N=-1..1", "N", {"-1", "0", "1"}},
      {"N=7..7", "N", {"7"}},
      {"file=a..b", "file", {"a..b"}},
      {"files=../1..2,-x..y", "files", {"../1..2", "-x..y"}},
      {"a-b_1=x=y", "a-b_1", {"x=y"}},
  };
  for (const auto& row : rows) {
    const ScanParameter parameter = parse_parameter(row.option);
    EXPECT_EQ(parameter.name, row.name) << row.option;
    EXPECT_EQ(parameter.values, row.values) << row.option;
  }
}

TEST(Parameters, ThatMakeNoSenseAreRefused) {
  const struct {
    const char *option, *said;
  } rows[] = {
      {"", "expected NAME=a,b,c"},      {"N", "expected NAME=a,b,c"},      {"=1", "expected NAME=a,b,c"},
      {"N M=1", "expected NAME=a,b,c"}, {"{N}=1", "expected NAME=a,b,c"},  {"--prepare=1", "expected NAME=a,b,c"},
      {"N=1,1", "stands there twice"},  {"N=5..1", "a range goes up"},     {"N=0..1000", "a range goes up"},
      {"N=1..1e9", "'1..1e9' is no range"}, {"N=1..10x", "'1..10x' is no range"}, {"N=1..", "'1..' is no range"},
      {"N=-1..1.5", "'-1..1.5' is no range"}, {"N=a,1..5", "'1..5' is no range"},
      {"N=", "a value is empty"},       {"N=1,,2", "a value is empty"},    {"N=,-v", "a value is empty"},
      {"N=-9223372036854775808..9223372036854775807", "a range goes up"},
  };
  for (const auto& row : rows) {
    try {
      parse_parameter(row.option);
      FAIL() << row.option;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage) << row.option;
      EXPECT_NE(std::string(error.what()).find(row.said), std::string::npos) << error.what();
    }
  }
}

TEST(Parameters, CombineWithTheFirstChangingSlowest) {
  const std::vector<ScanParameter> parameters{{"a", {"1", "2"}}, {"b", {"x", "y"}}};
  std::string names;
  for (const Values& values : combinations(parameters)) names += suffix_of(parameters, values) + " ";
  EXPECT_EQ(names, "/a=1,b=x /a=1,b=y /a=2,b=x /a=2,b=y ");
  EXPECT_EQ(combinations({}), std::vector<Values>{{}});
  EXPECT_EQ(suffix_of({}, {}), "");
}

TEST(Parameters, GivenTwiceOrTooManyAreRefused) {
  const ScanParameter many = parse_parameter("a=1..100"), same = parse_parameter("a=1"), others = parse_parameter("b=1..11");
  EXPECT_THROW(combinations(std::vector{many, same}), Error);
  EXPECT_THROW(combinations(std::vector{many, others}), Error);
}

TEST(Parameters, TakeThePlaceOfTheirNamesAlone) {
  const Values values{{"N", "10"}, {"M", "{N}"}};
  const struct {
    const char *text, *result;
  } rows[] = {{"{N}", "10"}, {"-n={N}{N}", "-n=1010"}, {"{M}", "{N}"},   {"{n} {}", "{n} {}"},
              {"{{N}}", "{10}"}, {"{N", "{N"},        {"no}thing", "no}thing"}, {"", ""}};
  for (const auto& row : rows) EXPECT_EQ(substituted(row.text, values), row.result) << row.text;
}

TEST(Places, AreNamesInBraces) {
  EXPECT_EQ(places("-n{N} {a b} {mode}x{N}"), (std::set<std::string>{"N", "mode"}));
  for (const char* text : {"", "{", "{}", "{N", "a}b{", "{ N }", "{a,b}"}) EXPECT_TRUE(places(text).empty()) << text;
}

}  // namespace
}  // namespace m1bench

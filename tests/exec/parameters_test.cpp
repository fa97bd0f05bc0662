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
      {"flag=,-v", "flag", {"", "-v"}},
      {"a-b_1=x=y", "a-b_1", {"x=y"}},
  };
  for (const auto& row : rows) {
    const ScanParameter parameter = parse_parameter(row.option);
    EXPECT_EQ(parameter.name, row.name) << row.option;
    EXPECT_EQ(parameter.values, row.values) << row.option;
  }
}

TEST(Parameters, ThatMakeNoSenseAreRefused) {
  for (const char* option : {"", "N", "=1", "N M=1", "N=1,1", "N=5..1", "N=0..1000", "N=-9223372036854775808..9223372036854775807", "{N}=1"}) {
    try {
      parse_parameter(option);
      FAIL() << option;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage) << option;
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

// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace m1bench {
namespace {

TEST(Text, Seconds) {
  const std::pair<double, const char*> rows[] = {
      {0, "0 s"},          {12.34e-6, "12.3 us"}, {1.944, "1.94 s"},   {999.4e-6, "999 us"}, {999.96e-6, "1.00 ms"},
      {4e-10, "0.400 ns"}, {208, "208 s"},        {-2e-3, "-2.00 ms"}, {12345, "12345 s"},   {1e-9, "1.00 ns"}};
  for (const auto& [seconds, text] : rows) EXPECT_EQ(format_seconds(seconds), text) << seconds;
}

TEST(Text, RatesAndBytes) {
  EXPECT_EQ(format_rate(1.2e10, "FLOP/s"), "12.0 GFLOP/s");
  EXPECT_EQ(format_rate(9.999e11, "B/s"), "1.00 TB/s");
  EXPECT_EQ(format_rate(3, "x"), "3.00 x");
  EXPECT_EQ(format_bytes(0), "0 B");
  EXPECT_EQ(format_bytes(1023), "1023 B");
  EXPECT_EQ(format_bytes(1536 * 1024), "1.50 MiB");
  EXPECT_EQ(format_bytes(std::uint64_t{8} << 30), "8.00 GiB");
}

TEST(Text, SignificantDigits) {
  const double infinity = std::numeric_limits<double>::infinity();
  const std::pair<double, const char*> rows[] = {
      {1.9412, "1.94"},    {0, "0"},           {9.996, "10.0"},       {1234.5, "1234"},      {9999999, "9999999"},
      {1e7, "1.00e+07"},   {0.012, "0.0120"},  {1e-6, "1.00e-06"},    {-0.5, "-0.500"},      {infinity, "inf"},
      {-infinity, "-inf"}, {1e308, "1.00e+308"}, {0.09996, "0.100"}};
  for (const auto& [value, text] : rows) EXPECT_EQ(format_significant(value, 3), text) << value;
  EXPECT_EQ(format_significant(std::numeric_limits<double>::quiet_NaN(), 3), "nan");
}

TEST(Text, Durations) {
  const std::pair<const char*, double> good[] = {{"90", 90},     {"90s", 90},    {"5min", 300},
                                                 {"1.5h", 5400}, {"200ms", 0.2}, {".5s", 0.5}};
  for (const auto& [text, seconds] : good) EXPECT_DOUBLE_EQ(parse_duration(text).value_or(-1), seconds) << text;
  for (const char* text : {"", "s", ".", "1.2.3s", "-5s", "0", "0min", "nan", "inf", "0x10", "1e3", "5 min", "5days", "5S"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
  EXPECT_FALSE(parse_duration(std::string(400, '9'))) << "overflows to infinity";
}

TEST(Text, Patterns) {
  struct Row {
    const char *pattern, *text;
    bool matches;
  };
  const Row rows[] = {{"*", "", true},
                      {"", "", true},
                      {"", "a", false},
                      {"matmul/*", "matmul/f32/64", true},
                      {"*/64", "matmul/f32/64", true},
                      {"m*f32*4", "matmul/f32/64", true},
                      {"m?tmul", "matmul", true},
                      {"?", "", false},
                      {"*64", "matmul/f32/640", false},
                      {"a*b*c", "aXbXbXc", true},
                      {"a*b*c", "aXbX", false},
                      {"**", "x", true}};
  for (const Row& row : rows) EXPECT_EQ(matches_pattern(row.pattern, row.text), row.matches) << row.pattern << " on " << row.text;
  // Linear backtracking: an exponential matcher would not come back from this.
  std::string pattern;
  for (int i = 0; i < 50; ++i) pattern += "a*";
  EXPECT_FALSE(matches_pattern(pattern + "b", std::string(2000, 'a')));
}

TEST(Text, Nearest) {
  const std::vector<std::string> words = {"compare", "report", "run", "all"};
  EXPECT_EQ(nearest("comapre", words), "compare");
  EXPECT_EQ(nearest("reprot", words), "report");
  EXPECT_EQ(nearest("rnu", words), "run");
  EXPECT_EQ(nearest("xyzzy", words), std::nullopt);
  EXPECT_EQ(nearest("", words), std::nullopt);
}

TEST(Text, JoinAndSplit) {
  const std::vector<std::string> words = {"a", "b", "c"};
  EXPECT_EQ(join_words(words), "a, b and c");
  EXPECT_EQ(join_words(std::span(words).first(2)), "a and b");
  EXPECT_EQ(join_words(std::span(words).first(1)), "a");
  EXPECT_EQ(join_words({}), "");
  EXPECT_EQ(join(words, "::"), "a::b::c");
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
}

}  // namespace
}  // namespace m1bench

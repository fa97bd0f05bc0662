// SPDX-License-Identifier: Apache-2.0
#include "exec/gbench_json.hpp"

#include <gtest/gtest.h>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

std::string document(const std::string& benchmarks) { return R"({"context": {"num_cpus": 2}, "benchmarks": [)" + benchmarks + "]}"; }

TEST(GbenchJson, GivesTimesInSecondsAndNoAggregates) {
  const std::vector<GbenchTime> times = parse_gbench(document(
      R"({"name": "BM_a", "run_type": "iteration", "real_time": 12.5, "cpu_time": 10, "time_unit": "ns", "my_counter": 3},)"
      R"({"name": "BM_b/8", "real_time": 2, "cpu_time": 1, "time_unit": "ms"},)"
      R"({"name": "BM_b/8_mean", "run_type": "aggregate", "real_time": 2, "cpu_time": 1, "time_unit": "ms"},)"
      R"({"name": "BM_c", "run_type": "iteration", "error_occurred": true, "error_message": "no such device"})"));
  ASSERT_EQ(times.size(), 3u);
  EXPECT_EQ(times[0].name, "BM_a");
  EXPECT_DOUBLE_EQ(times[0].real_s, 12.5e-9);
  EXPECT_DOUBLE_EQ(times[0].cpu_s, 10e-9);
  EXPECT_DOUBLE_EQ(times[1].real_s, 2e-3);
  EXPECT_EQ(times[2].error, "no such device");
  EXPECT_TRUE(parse_gbench(document("")).empty());
}

TEST(GbenchJson, WhatNothingTakesIsNoTime) {
  const std::vector<GbenchTime> times = parse_gbench(document(
      R"({"name": "a", "real_time": 1e-4, "cpu_time": 1e-320, "time_unit": "ns"},)"
      R"({"name": "b", "real_time": 1e-3, "cpu_time": 0, "time_unit": "ns"})"));
  ASSERT_EQ(times.size(), 2u);
  EXPECT_EQ(times[0].real_s, 0);
  EXPECT_EQ(times[0].cpu_s, 0);
  EXPECT_GT(times[1].real_s, 0);
}

TEST(GbenchJson, TextsAreCleanAndShort) {
  const std::string message(1000, 'm');
  const std::vector<GbenchTime> times = parse_gbench(document(
      R"({"name": "BM\u001b[1m", "error_occurred": true, "error_message": "no\nsuch )" + message + R"("})"));
  ASSERT_EQ(times.size(), 1u);
  EXPECT_EQ(times[0].name, "BM [1m");
  EXPECT_TRUE(times[0].error.starts_with("no such m")) << times[0].error;
  EXPECT_TRUE(times[0].error.ends_with("m...")) << times[0].error;
  EXPECT_LT(times[0].error.size(), 300u);
}

TEST(GbenchJson, OfAStrangerIsRefusedInASentence) {
  const struct {
    std::string text, complaint;
  } rows[] = {
      {"", "is not JSON from byte 1 on"},
      {"[]", "has no list of benchmarks"},
      {R"({"benchmarks": 3})", "has no list of benchmarks"},
      {document("3"), "has a benchmark that is no object"},
      {document(R"({"real_time": 1})"), "has a benchmark without a name, or with a very long one"},
      {document(R"({"name": "a"})"), "has the unknown time unit \"\" in \"a\""},
      {document(R"({"name": "a", "time_unit": "h", "real_time": 1})"), "has the unknown time unit \"h\" in \"a\""},
      {document(R"({"name": "a\n", "time_unit": "h\u0007 and some more than twenty"})"), "has the unknown time unit \"h  and some more tha...\" in \"a \""},
      {document(R"({"name": "a", "time_unit": "s", "real_time": -1, "cpu_time": 1})"), "tells no real_time of \"a\""},
      {document(R"({"name": "a", "time_unit": "s", "real_time": 1, "cpu_time": "1"})"), "tells no cpu_time of \"a\""},
      {document(R"({"name": "a", "time_unit": "s", "real_time": 1e300, "cpu_time": 1})"), "tells no real_time of \"a\""},
      {document(R"({"name": "a", "name": "b"})"), "has the key \"name\" twice in one object"},
  };
  for (const auto& row : rows) {
    try {
      parse_gbench(row.text);
      FAIL() << row.text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::data);
      EXPECT_EQ(std::string(error.what()), row.complaint) << row.text;
    }
  }
}

}  // namespace
}  // namespace m1bench

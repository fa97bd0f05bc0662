// SPDX-License-Identifier: Apache-2.0
#include "session/answers.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "m1bench/core/error.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

template <class T>
Answer answer_of(const char* dtype, const std::vector<T>& values) {
  return {dtype, std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T))};
}

Verification judged(const Reference& reference, const Answer& answer, const char* family) {
  Case item;
  item.family = family;
  Verification check;
  judge_answer(reference, answer, item, check);
  return check;
}

TEST(JudgeAnswer, RightWithinItsBounds) {
  const Reference reference{{1, 2, 3}, {0.1f, 0.1f, 0.1f}};
  const Verification check = judged(reference, answer_of<float>("f32", {1, 2.05f, 3}), "matmul");
  EXPECT_EQ(check.status, CheckStatus::right);
  EXPECT_EQ(check.cause, "");
  EXPECT_NEAR(check.worst_error, 0.05, 1e-6);
  EXPECT_NEAR(check.worst_bound, 0.1, 1e-6);
}

TEST(JudgeAnswer, WrongIsSaidWithTheWorstElement) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Reference reference{{1, 2, 3}, {0.1f, 0.1f, 0.1f}};
  struct Row {
    const char* name;
    Answer answer;
    const char* cause;
  };
  const Row rows[] = {
      {"beyond its bound", answer_of<float>("f32", {1, 2.5f, 3.2f}),
       "element 1 is 2.50000000, should be 2.00000000 within 0.10 (2 of 3 wrong)"},
      {"not a number", answer_of<float>("f32", {1, 2, nan}), "element 2 is nan"},
      {"too short", answer_of<float>("f32", {1, 2}), "another size"},
      {"too long", answer_of<float>("f32", {1, 2, 3, 4}), "another size"},
      {"nothing", answer_of<float>("f32", {}), "another size"},
      {"of another type", answer_of<double>("f64", {1, 2}), "another size"},
  };
  for (const Row& row : rows) {
    const Verification check = judged(reference, row.answer, "matmul");
    EXPECT_EQ(check.status, CheckStatus::wrong) << row.name;
    EXPECT_NE(check.cause.find(row.cause), std::string::npos) << row.name << ": " << check.cause;
  }
}

TEST(JudgeAnswer, TrainingComparesTheLossesThereAre) {
  const Reference reference = reference_of_losses(std::vector<double>{4, 2, 1});
  struct Row {
    const char* name;
    std::vector<double> losses;
    CheckStatus status;
    const char* cause;
  };
  const Row rows[] = {
      {"all", {4, 2, 1}, CheckStatus::right, ""},
      {"within one part in ten thousand", {4.0003, 2, 1}, CheckStatus::right, ""},
      {"beyond it", {4, 2.0004, 1}, CheckStatus::wrong, "loss of step 2"},
      {"fewer steps", {4, 2}, CheckStatus::right, ""},
      {"fewer steps, wrong", {4, 2.5}, CheckStatus::wrong, "loss of step 2"},
      {"more steps", {4, 2, 1, 0.5}, CheckStatus::wrong, "another size"},
      {"none", {}, CheckStatus::wrong, "another size"},
  };
  for (const Row& row : rows) {
    const Verification check = judged(reference, answer_of("f64", row.losses), "train");
    EXPECT_EQ(check.status, row.status) << row.name;
    EXPECT_NE(check.cause.find(row.cause), std::string::npos) << row.name << ": " << check.cause;
  }
}

TEST(ReadAnswer, AsManyElementsAsTheReplyPromises) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/answer";
  write_file(path, std::array<std::string_view, 1>{"12345678"});
  Reply reply;
  struct Row {
    const char* dtype;
    std::uint64_t elements;
    bool good;
  };
  const Row rows[] = {{"f32", 2, true},          {"f64", 1, true}, {"f32", 1, false}, {"f32", 3, false},
                      {"f16x", 4, false},        {"", 8, false},   {"f64", 0, false}, {"f64", std::uint64_t{1} << 61, false},
                      {"f64", UINT64_MAX, false}};
  for (const Row& row : rows) {
    reply.dtype = row.dtype;
    reply.elements = row.elements;
    try {
      EXPECT_EQ(read_answer(path, reply), "12345678");
      EXPECT_TRUE(row.good) << row.dtype << " " << row.elements;
    } catch (const Error& error) {
      EXPECT_FALSE(row.good) << error.what();
    }
  }
}

TEST(ReadReference, ValuesThenBounds) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/reference";
  const std::array<double, 2> values{1.5, -2};
  const std::array<float, 2> bounds{0.25f, 0.5f};
  write_file(path,
             std::array<std::string_view, 2>{std::string_view(reinterpret_cast<const char*>(values.data()), sizeof values),
                                             std::string_view(reinterpret_cast<const char*>(bounds.data()), sizeof bounds)});
  const Reference reference = read_reference(path, 2);
  EXPECT_EQ(reference.values, (std::vector<double>{1.5, -2}));
  EXPECT_EQ(reference.bounds, (std::vector<float>{0.25f, 0.5f}));
  EXPECT_THROW(read_reference(path, 1), Error);
  EXPECT_THROW(read_reference(path, 3), Error);
}

}  // namespace
}  // namespace m1bench

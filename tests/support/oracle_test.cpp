// SPDX-License-Identifier: Apache-2.0
#include "support/oracle.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/data_error.hpp"

namespace m1bench {
namespace {

std::string document_with(const std::string& cases) {
  return R"({"made_by": "hand", "versions": {"hand": "1"}, "cases": [)" + cases + "]}";
}
std::string document_with_array(const std::string& array) {
  return document_with(R"({"name": "a", "kind": "k", "arrays": {"x": )" + array + "}}");
}

TEST(Oracle, ReadsArraysNumbersAndLabels) {
  const auto cases = parse_oracle(document_with(
      R"({"name": "a", "kind": "k", "arrays": {"x": {"shape": [2, 1], "values": [0.5, -3]},
                                              "n": {"shape": [], "values": [1e-9]}}},
         {"name": "b", "kind": "curve", "seed": 7, "input_checksum": "aa", "arrays": {}})"));
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(cases[0].kind, "k");
  EXPECT_EQ(cases[0].tensor("x").shape(), (Shape{2, 1}));
  EXPECT_EQ(cases[0].tensor("x")[1], -3.0f);
  EXPECT_EQ(cases[0].number("n"), 1e-9);
  EXPECT_EQ(oracle_case(cases, "b").seed, 7u);
  EXPECT_EQ(oracle_case(cases, "b").input_checksum, "aa");
  EXPECT_EQ(data_error_of([&] { cases[0].number("x"); }).substr(0, 24), "a/x is no single number:");
  EXPECT_EQ(data_error_of([&] { cases[0].tensor("n"); }).substr(0, 38), "a/n is not exact in single precision: ");
  EXPECT_EQ(data_error_of([&] { cases[0].labels("x"); }).substr(0, 33), "a/x has a label that is none: mak");
  EXPECT_EQ(data_error_of([&] { cases[0].array("z"); }).substr(0, 18), "a has no array 'z'");
  EXPECT_EQ(data_error_of([&] { oracle_case(cases, "c"); }).substr(0, 20), "there is no case c: ");
}

TEST(Oracle, RefusesWhatIsNotWhole) {
  struct Row {
    std::string text, why;
  };
  const Row rows[] = {
      {"{", "this is not JSON"},
      {"[]", "the document is no object"},
      {R"({"made_by": "hand", "cases": []})", "the document has no 'versions'"},
      {R"({"made_by": "hand", "versions": {}, "cases": []})", "no versions are named"},
      {R"({"made_by": "hand", "versions": {"a": "1"}, "cases": [], "more": 1})", "the document has an unknown field 'more'"},
      {document_with(R"({"kind": "k", "arrays": {}})"), "a case has no 'name'"},
      {document_with(R"({"name": "a", "kind": 3, "arrays": {}})"), "a has no 'kind'"},
      {document_with(R"({"name": "a", "kind": "k"})"), "a has no 'arrays'"},
      {document_with(R"({"name": "a", "kind": "curve", "arrays": {}})"), "a has no 'seed'"},
      {document_with(R"({"name": "a", "kind": "k", "arrays": {}}, {"name": "a", "kind": "k", "arrays": {}})"),
       "there are two cases a"},
      {document_with_array(R"([1])"), "a/x is no object"},
      {document_with_array(R"({"shape": [1]})"), "a/x has no list of values"},
      {document_with_array(R"({"values": [1]})"), "a/x has no 'shape'"},
      {document_with_array(R"({"shape": [2], "values": [1]})"), "a/x is 2 but has 1 values"},
      {document_with_array(R"({"shape": [1], "values": [null]})"), "a/x holds something other than numbers"},
      {document_with_array(R"({"shape": [0], "values": []})"), "a/x has an extent of 0"},
      {document_with_array(R"({"shape": [-1], "values": [1]})"), "a/x has an extent of -1"},
      {document_with_array(R"({"shape": [1, 1, 1, 1, 1], "values": [1]})"), "a/x has more than four axes"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(data_error_of([&] { parse_oracle(row.text); }).substr(0, row.why.size()), row.why) << row.text;
  }
}

// Answers are the oracles' own; what they were asked is one and the same.
TEST(Oracle, AllWereAskedTheSame) {
  const std::vector<OracleCase> keras = oracle_cases("keras"), torch = oracle_cases("torch");
  ASSERT_EQ(keras.size(), torch.size());
  for (std::size_t i = 0; i < keras.size(); ++i) {
    SCOPED_TRACE(keras[i].name);
    EXPECT_EQ(keras[i].name, torch[i].name);
    EXPECT_EQ(keras[i].kind, torch[i].kind);
    EXPECT_EQ(keras[i].seed, torch[i].seed);
    EXPECT_EQ(keras[i].input_checksum, torch[i].input_checksum);
    ASSERT_EQ(keras[i].arrays.size(), torch[i].arrays.size());
    for (const char* input : {"x", "kernel", "bias", "y", "labels", "targets", "value", "gradients"}) {
      const bool answer = std::string_view(input) == "y" && keras[i].arrays.contains("x");
      if (answer || !keras[i].arrays.contains(input)) continue;
      EXPECT_EQ(keras[i].array(input).shape, torch[i].array(input).shape) << input;
      EXPECT_EQ(keras[i].array(input).values, torch[i].array(input).values) << input;
    }
  }
}

// A case that no test reads is no oracle.
TEST(Oracle, HasNoCaseOfAnUnknownKind) {
  const std::set<std::string> known{"dense",
                                    "conv2d_valid",
                                    "conv2d_same",
                                    "max_pool2d",
                                    "flatten",
                                    "relu",
                                    "sigmoid",
                                    "softmax",
                                    "mean_squared_error",
                                    "sparse_categorical_crossentropy_from_logits",
                                    "categorical_crossentropy_on_sigmoid",
                                    "sgd",
                                    "adam",
                                    "curve"};
  std::set<std::string> found;
  for (const char* oracle : kOracles) {
    for (const OracleCase& item : oracle_cases(oracle)) found.insert(item.kind);
  }
  EXPECT_EQ(found, known);
}

}  // namespace
}  // namespace m1bench

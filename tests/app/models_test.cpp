// SPDX-License-Identifier: Apache-2.0
#include "app/models.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/embedded_models.hpp"
#include "app/fake_machine.hpp"
#include "app/plan.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/graph/packed_graph.hpp"
#include "platform/sha256.hpp"
#include "support/models.hpp"

namespace m1bench {
namespace {

std::vector<Case> cases_named(const std::vector<std::string>& names) {
  std::vector<Case> cases;
  for (const std::string& name : names) cases.push_back(case_of(*find_case_spec(name), 1, 1));
  return cases;
}

TEST(Models, EachCaseGetsItsOwnPackedFile) {
  TemporaryDirectory scratch;
  std::vector<Case> cases = cases_named({"infer/tflite", "matmul/f32/64", "infer/mnist-cnn-int8", "infer/mnist-cnn-f32"});
  const auto paths = unpack_models(model_path("random-0"), cases, scratch.path());
  ASSERT_EQ(paths.size(), 3u);
  for (const auto& [name, model] : {std::pair("infer/tflite", "random-0"), {"infer/mnist-cnn-int8", "mnist-cnn-int8"},
                                    {"infer/mnist-cnn-f32", "mnist-cnn-f32"}}) {
    EXPECT_TRUE(read_file(paths.at(name), kMaxTfliteBytes) == packed_model(model)) << name;
  }
}

TEST(Models, TheRunIsToldWhatOnlyTheModelKnows) {
  TemporaryDirectory scratch;
  std::vector<Case> cases = cases_named({"infer/mnist-cnn-f32", "infer/mnist-cnn-int8", "infer/tflite"});
  const std::vector<Case> planned = cases;
  unpack_models(model_path("mnist-cnn-int8"), cases, scratch.path());
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(cases[i].flop, planned[i].flop) << "the catalogue has it right";
    EXPECT_EQ(cases[i].dtype, planned[i].dtype);
    EXPECT_EQ(cases[i].parameters["operators"], "5");
  }
  EXPECT_EQ(cases[0].parameters["input"], "1x28x28x1 f32");
  EXPECT_EQ(cases[2].flop, planned[1].flop);
  EXPECT_EQ(cases[2].dtype, "i8");
  EXPECT_EQ(cases[2].samples, 1);
  EXPECT_EQ(cases[2].parameters["model"], "mnist-cnn-int8.tflite") << "the same as a file's or as one of our own";
  if (cases[2].parameters.count("model_sha256")) {
    EXPECT_EQ(cases[2].parameters, cases[1].parameters);
  }
}

TEST(Models, EmbeddedOnesAreTheCommittedFiles) {
  ASSERT_EQ(embedded_models().size(), 2u);
  for (const EmbeddedModel& model : embedded_models()) {
    const std::string path = std::string(M1BENCH_TEST_DATA) + "/tflite/" + std::string(model.name);
    const std::string file = read_file(path, kMaxTfliteBytes);
    EXPECT_TRUE(std::ranges::equal(file, model.bytes, [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; }));
    if (const auto digits = sha256_of_file(path)) {
      EXPECT_EQ(*digits, model.sha256);
    }
  }
}

TEST(Models, BadFilesAreNamed) {
  TemporaryDirectory scratch;
  std::vector<Case> cases = cases_named({"infer/tflite"});
  const auto refusal = [&](const std::string& path, ErrorKind kind) -> std::string {
    try {
      unpack_models(path, cases, scratch.path());
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
      return error.what();
    }
    return "was not refused";
  };
  const std::string refused = model_path("refused/operator");
  EXPECT_NE(refusal(refused, ErrorKind::data).find(refused + ": "), std::string::npos);
  EXPECT_NE(refusal(model_path("none"), ErrorKind::io).find(model_path("none")), std::string::npos);
  EXPECT_NE(refusal(scratch.path(), ErrorKind::data).find(scratch.path()), std::string::npos);
}

// The cases that a command line chooses, or what it is refused with.
std::vector<std::string> chosen(Options options) {
  std::vector<std::string> names;
  try {
    for (const CaseSpec* spec : make_plan(options, fake_host(), fake_slices()).cases) names.push_back(spec->name);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return {error.what()};
  }
  return names;
}

Options asking(std::vector<std::string> patterns, const std::string& model, const std::string& set = "") {
  Options options;
  options.patterns = std::move(patterns);
  options.model = model;
  options.set = set;
  return options;
}

TEST(ModelOption, DecidesWhetherACaseOfOnesOwnModelTakesPart) {
  using Names = std::vector<std::string>;
  const std::string missing = "infer/tflite runs a model of your own; name its file with --model FILE.tflite";
  const std::string unused = "--model is given, but no chosen case runs it; name infer/tflite too, or leave it out";
  struct Row {
    const char* name;
    Names patterns;
    std::string model;
    Names want;
  };
  for (const Row& row : {
           Row{"named, without a file", {"infer/tflite"}, "", {missing}},
           {"among others", {"matmul/f32/64", "infer/tflite"}, "", {missing}},
           {"nothing else", {"infer/tf*"}, "", {missing}},
           {"a pattern", {"infer/*"}, "", {"infer/mnist-cnn-f32", "infer/mnist-cnn-int8"}},
           {"a pattern with a file", {"infer/*"}, "x", {"infer/mnist-cnn-f32", "infer/mnist-cnn-int8", "infer/tflite"}},
           {"a file for nobody", {"infer/mnist-*"}, "x", {unused}},
           {"a file for the core set", {}, "x", {unused}},
       }) {
    EXPECT_EQ(chosen(asking(row.patterns, row.model)), row.want) << row.name;
  }
  const Names without = chosen(asking({}, "", "full")), with = chosen(asking({}, "x", "full"));
  EXPECT_EQ(without.size() + 1, with.size());
  EXPECT_FALSE(std::ranges::count(without, "infer/tflite"));
  EXPECT_TRUE(std::ranges::count(with, "infer/tflite"));
}

// The shards of a run are started with the same words, whichever of them has the case.
TEST(ModelOption, MayGoToAnotherShard) {
  std::size_t has_it = 0;
  for (const char* shard : {"1/2", "2/2"}) {
    Options options = asking({"infer/tflite", "matmul/f32/64"}, "x");
    options.shard = shard;
    const auto names = chosen(options);
    ASSERT_EQ(names.size(), 1u);
    has_it += names[0] == "infer/tflite";
  }
  EXPECT_EQ(has_it, 1u);
}

}  // namespace
}  // namespace m1bench

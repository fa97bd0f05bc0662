// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "bench/workload.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/graph/packed_graph.hpp"
#include "support/models.hpp"

namespace m1bench {
namespace {

struct Row {
  const char* name;
  const char* model;
  DType x, y;
  Shape x_shape, y_shape;
};
const Row kRows[] = {
    {"infer/mnist-cnn-f32", "mnist-cnn-f32", DType::f32, DType::f32, {1, 28, 28, 1}, {1, 10}},
    {"infer/mnist-cnn-int8", "mnist-cnn-int8", DType::i8, DType::i8, {1, 28, 28, 1}, {1, 10}},
    {"infer/tflite", "mnist-cnn-f32", DType::f32, DType::f32, {1, 28, 28, 1}, {1, 10}},
};

class Inference : public testing::TestWithParam<Row> {
 protected:
  std::unique_ptr<Workload> make(std::uint64_t seed = 1) {
    return make_workload(GetParam().name, {.seed = seed, .model = model_.bytes(), .parallel = &parallel_});
  }
  Parallel parallel_{1};
  Mapped model_{packed_model(GetParam().model)};
};

TEST_P(Inference, InputsAreAnImageAndTheWholeModel) {
  const auto workload = make();
  const std::vector<NamedArray> inputs = workload->inputs();
  ASSERT_EQ(inputs.size(), 2u);
  EXPECT_EQ(inputs[0].name, "x");
  EXPECT_EQ(inputs[0].array.dtype, GetParam().x);
  EXPECT_EQ(inputs[0].array.shape, GetParam().x_shape);
  EXPECT_EQ(inputs[1].name, "model");
  EXPECT_TRUE(std::ranges::equal(inputs[1].array.bytes, model_.bytes()));
  const std::uint64_t checksum = input_checksum(*workload);
  EXPECT_EQ(checksum, input_checksum(*make()));
  EXPECT_NE(checksum, input_checksum(*make(2)));
  workload->loop();
  EXPECT_EQ(checksum, input_checksum(*workload)) << "a run leaves its image alone";
}

TEST_P(Inference, PixelsAreWhatImagesHave) {
  const auto workload = make();
  const std::span<const std::byte> bytes = workload->inputs()[0].array.bytes;
  if (GetParam().x == DType::f32) {
    std::vector<float> pixels(bytes.size() / sizeof(float));
    std::memcpy(pixels.data(), bytes.data(), bytes.size());
    const auto [low, high] = std::ranges::minmax_element(pixels);
    EXPECT_GE(*low, 0);
    EXPECT_LT(*low, 0.1f);
    EXPECT_LT(*high, 1);
    EXPECT_GT(*high, 0.9f);
  } else {
    const auto [low, high] = std::ranges::minmax(bytes, {}, [](std::byte b) { return static_cast<std::int8_t>(b); });
    EXPECT_LT(static_cast<std::int8_t>(low), -110);
    EXPECT_GT(static_cast<std::int8_t>(high), 110);
  }
}

TEST_P(Inference, AnswersAreRightAndRepeatable) {
  const auto workload = make();
  workload->reset();
  workload->loop();
  const NamedArray answer = workload->answer();
  EXPECT_EQ(answer.name, "y");
  EXPECT_EQ(answer.array.dtype, GetParam().y);
  EXPECT_EQ(answer.array.shape, GetParam().y_shape);
  const auto reference = workload->reference();
  ASSERT_TRUE(reference);
  const Deviation found = compare(answer.array, *reference);
  EXPECT_TRUE(found.ok()) << found.wrong << " wrong, worst " << found.worst << ": " << found.got << " for " << found.want;
  EXPECT_EQ(found.elements, 10u);
  const std::uint64_t checksum = workload->output_checksum();
  workload->reset();
  for (int loop = 0; loop < 3; ++loop) workload->loop();
  EXPECT_EQ(workload->output_checksum(), checksum);
}

// What another target computed from a model that is not the same: its answer is wrong, and its inputs say why.
TEST_P(Inference, AChangedWeightIsSeen) {
  const auto right = make();
  const Graph graph = view_packed_graph(model_.bytes());
  const Operator& dense = graph.operators[3];
  ASSERT_EQ(dense.kind, OperatorKind::fully_connected);
  const std::span<const std::byte> weights = graph.tensors[static_cast<std::size_t>(dense.inputs[1])].constant;
  const std::span<std::byte> file = model_.bytes();
  const Reference reference = *right->reference();
  const std::uint64_t inputs = input_checksum(*right);
  const auto first = static_cast<std::size_t>(weights.data() - file.data());
  // None of the weights of the class that won positive any more, and what they multiply is rectified. The sign is in the last byte.
  const std::vector<double>& shares = reference.values;
  const auto winner = static_cast<std::size_t>(std::ranges::max_element(shares) - shares.begin());
  const bool floating = GetParam().x == DType::f32;
  const std::size_t width = floating ? sizeof(float) : 1, in = weights.size() / shares.size() / width;
  for (std::size_t i = winner * in; i < (winner + 1) * in; ++i) {
    std::byte& last = file[first + i * width + width - 1];
    last = floating ? last | std::byte{0x80} : static_cast<std::byte>(-std::abs(static_cast<std::int8_t>(last)));
  }
  const auto wrong = make();
  wrong->loop();
  EXPECT_FALSE(compare(wrong->answer().array, reference).ok());
  EXPECT_TRUE(compare(wrong->answer().array, *wrong->reference()).ok()) << "of the changed model it is right";
  EXPECT_NE(input_checksum(*wrong), inputs);
}

INSTANTIATE_TEST_SUITE_P(Models, Inference, testing::ValuesIn(kRows), [](const auto& row) {
  std::string name = row.param.name;
  std::ranges::replace_if(name, [](char c) { return c == '/' || c == '-'; }, '_');
  return name;
});

TEST(InferenceWorkload, IsRefusedWithoutASoundModel) {
  Parallel parallel;
  EXPECT_THROW(make_workload("infer/tflite", {.seed = 1, .parallel = &parallel}), Error);
  Mapped garbage("no model, but longer than the header of sixty-four bytes that a packed graph begins with");
  EXPECT_THROW(make_workload("infer/tflite", {.seed = 1, .model = garbage.bytes(), .parallel = &parallel}), Error);
}

}  // namespace
}  // namespace m1bench

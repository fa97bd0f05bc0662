// SPDX-License-Identifier: Apache-2.0
#include "bench/workload.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/data/synthetic.hpp"

namespace m1bench {
namespace {

// One of each family and variant that is computed in milliseconds; names differ from others of the table in size alone.
struct Row {
  const char* name;
  int loops = 2;
};
constexpr Row kRows[] = {
    {"matmul/f32/64"},
    {"matmul/f32/64/eigen"},
    {"matmul/f32/64/blocked"},
    {"matmul/f32/64/reference"},
    {"matmul/f32/256"},
    {"matmul/f64/512"},
    {"matmul/i8/1024"},
    {"conv2d/f32/mnist"},
    {"conv2d/f32/mnist/reference"},
    {"conv2d/f32/resnet-7"},
    {"conv2d/f32/resnet-7/winograd"},
    {"gemm/f32/32x1000x3000"},
    {"elementwise/exp"},
    {"elementwise/add"},
    {"reduce/sum"},
    {"softmax/32x1000"},
    {"train/regression-mlp", 20},
    {"train/mnist-mlp", 3},
    {"train/mnist-cnn", 3},
    {"train/cifar-mlp"},
    {"pipeline/naive", 5},
    {"pipeline/cached-prefetch", 5},
    {"memory/fresh", 1},
    {"memory/arena", 1},
    {"bound/f32"},
    {"bound/f64"},
    {"bound/i8"},
    {"bound/triad"},
};

std::unique_ptr<Workload> make(const std::string& name, Parallel& parallel, std::uint64_t seed = 1) {
  return make_workload(name, {.seed = seed, .parallel = &parallel});
}

// "matmul/f32/64" as GoogleTest takes names.
std::string identifier(std::string name) {
  std::ranges::replace_if(
      name, [](char c) { return c == '/' || c == '-'; }, '_');
  return name;
}

std::vector<std::byte> answer_of(Workload& workload) {
  const auto bytes = workload.answer().array.bytes;
  return {bytes.begin(), bytes.end()};
}

void run(Workload& workload, int loops) {
  workload.reset();
  for (int loop = 0; loop < loops; ++loop) workload.loop();
}

class WorkloadOf : public testing::TestWithParam<Row> {
 protected:
  Parallel parallel_{2};
};

TEST_P(WorkloadOf, InputsFollowFromTheSeedAlone) {
  const auto workload = make(GetParam().name, parallel_);
  const std::uint64_t inputs = input_checksum(*workload);
  EXPECT_EQ(inputs, input_checksum(*make(GetParam().name, parallel_)));
  EXPECT_NE(inputs, input_checksum(*make(GetParam().name, parallel_, 2)));
  std::set<std::string> names;
  for (const NamedArray& input : workload->inputs()) {
    EXPECT_TRUE(names.insert(input.name).second) << input.name;
    EXPECT_EQ(input.array.bytes.size(), static_cast<std::size_t>(input.array.shape.elements()) * size_of(input.array.dtype))
        << input.name;
  }
  run(*workload, 1);
  workload->reset();
  EXPECT_EQ(input_checksum(*workload), inputs) << "loops leave the inputs alone, and a reset those of training";
  EXPECT_FALSE(names.count(workload->answer().name)) << "a dump keeps both";
}

TEST_P(WorkloadOf, AnswersAreRightAndRepeatable) {
  const auto workload = make(GetParam().name, parallel_);
  run(*workload, GetParam().loops);
  const std::vector<std::byte> first = answer_of(*workload);
  const NamedArray answer = workload->answer();
  EXPECT_EQ(first.size(), static_cast<std::size_t>(answer.array.shape.elements()) * size_of(answer.array.dtype));
  const std::uint64_t checksum = workload->output_checksum();
  if (const auto reference = workload->reference()) {
    const Deviation found = compare(answer.array, *reference);
    EXPECT_TRUE(found.ok()) << found.wrong << " wrong, worst " << found.worst << ": " << found.got << " for " << found.want;
    EXPECT_GT(found.elements, 0u);
  } else {
    EXPECT_EQ(answer.array.dtype, DType::f64);
    EXPECT_EQ(answer.array.shape, Shape{GetParam().loops});
  }
  run(*workload, GetParam().loops);
  EXPECT_EQ(answer_of(*workload), first);
  run(*workload, 1);
  EXPECT_EQ(workload->output_checksum(), checksum) << "whatever the number of loops";
}

INSTANTIATE_TEST_SUITE_P(Cases, WorkloadOf, testing::ValuesIn(kRows), [](const auto& row) { return identifier(row.param.name); });

TEST(Workload, EveryFamilyHasAMaker) {
  std::set<std::string> made, wanted;
  for (const Row& row : kRows) made.insert(find_case_spec(row.name)->family);
  for (const CaseSpec& spec : catalogue()) {
    // What runs a model is tested in infer_workloads_test.cpp.
    if (!spec.launch && spec.model == ModelFile::none) wanted.insert(spec.family);
  }
  EXPECT_EQ(made, wanted);
}

TEST(Workload, InLentMemoryEverythingIsTheSame) {
  Parallel parallel;
  for (const char* name : {"elementwise/add", "elementwise/relu", "reduce/sum", "bound/triad"}) {
    std::vector<std::byte> memory(shared_bytes(*find_case_spec(name)), std::byte{0xAB});
    const auto own = make(name, parallel);
    const auto lent = make_workload(name, {.seed = 1, .memory = memory, .parallel = &parallel});
    run(*own, 1);
    run(*lent, 1);
    EXPECT_EQ(input_checksum(*lent), input_checksum(*own)) << name;
    EXPECT_EQ(lent->output_checksum(), own->output_checksum()) << name;
    const std::span<const std::byte> inputs = lent->inputs()[0].array.bytes;
    EXPECT_TRUE(inputs.data() >= memory.data() && inputs.data() + inputs.size() <= memory.data() + memory.size()) << name;
    // Too little of it is none.
    const auto cramped = make_workload(name, {.seed = 1, .memory = std::span(memory).first(1000), .parallel = &parallel});
    EXPECT_EQ(input_checksum(*cramped), input_checksum(*own)) << name;
  }
}

TEST(Workload, WhatAnotherLeftInSharedMemoryIsNoAnswer) {
  Parallel parallel;
  for (const char* name : {"elementwise/add", "bound/triad"}) {
    std::vector<std::byte> memory(shared_bytes(*find_case_spec(name)));
    const WorkloadOptions options{.seed = 1, .memory = memory, .parallel = &parallel};
    const auto first = make_workload(name, options), second = make_workload(name, options);
    run(*first, 1);
    const std::uint64_t right = first->output_checksum();
    second->reset();  // and then computes nothing
    EXPECT_NE(second->output_checksum(), right) << name;
    second->loop();
    EXPECT_EQ(second->output_checksum(), right) << name;
  }
}

TEST(Workload, OnlyWhatEveryTargetWritesAlikeIsShared) {
  for (const CaseSpec& spec : catalogue()) {
    const bool streams = spec.family == "elementwise" || spec.family == "reduce" || spec.name == "bound/triad";
    EXPECT_EQ(shared_bytes(spec), streams ? static_cast<std::uint64_t>(spec.bytes) : 0) << spec.name;
  }
}

TEST(Workload, RefusesWhatItDoesNotKnow) {
  Parallel parallel;
  EXPECT_THROW(make("matmul/f32/65", parallel), Error);
  EXPECT_THROW(make("startup/noop", parallel), Error);
  EXPECT_THROW(make_workload("matmul/f32/64", {}), Error);  // no team
}

TEST(Workload, EveryThreadHasChainsOfItsOwn) {
  for (const int threads : {1, 3}) {
    Parallel parallel(threads);
    const auto workload = make("bound/f32", parallel);
    run(*workload, 1);
    EXPECT_EQ(workload->answer().array.shape, (Shape{threads, 2688}));
    EXPECT_TRUE(compare(workload->answer().array, *workload->reference()).ok());
  }
}

TEST(Workload, InputShapesAreChecksummedToo) {
  class Flat final : public Workload {
   public:
    explicit Flat(Shape shape) : x_(shape) {}
    void loop() override {}
    std::vector<NamedArray> inputs() override { return {{"x", view_of(x_)}}; }
    NamedArray answer() override { return {"y", view_of(x_)}; }

   private:
    Tensor<float> x_;
  };
  Flat wide({2, 3}), tall({3, 2});
  EXPECT_NE(input_checksum(wide), input_checksum(tall));
}

// What differs is how, never what: the losses of these agree to the last bit.
TEST(Workload, WaysOfDoingAStepComputeTheSame) {
  Parallel parallel(2);
  struct Pair {
    const char* one;
    const char* other;
    int loops;
  };
  for (const Pair& pair : {Pair{"pipeline/naive", "pipeline/cached-prefetch", static_cast<int>(kVerifiedSteps)},
                           {"memory/fresh", "memory/arena", 3}}) {
    const auto one = make(pair.one, parallel), other = make(pair.other, parallel);
    EXPECT_EQ(input_checksum(*one), input_checksum(*other)) << pair.one;
    run(*one, pair.loops);
    run(*other, pair.loops);
    EXPECT_EQ(answer_of(*one), answer_of(*other)) << pair.one << " and " << pair.other;
    EXPECT_EQ(one->output_checksum(), other->output_checksum());
  }
}

// train/cifar-mlp descends within the backward pass, where memory/* keeps gradients to have temporaries: the losses differ by
// the rounding of single-precision weights, and by no more than a few of its units.
TEST(Workload, DescendingWithinTheBackwardPassOnlyRoundsOtherwise) {
  Parallel parallel(2);
  const auto one = make("memory/arena", parallel), other = make("train/cifar-mlp", parallel);
  EXPECT_EQ(input_checksum(*one), input_checksum(*other));
  run(*one, 3);
  run(*other, 3);
  const NamedArray a = one->answer(), b = other->answer();
  ASSERT_EQ(a.array.bytes.size(), 3 * sizeof(double));
  for (std::size_t i = 0; i < 3; ++i) {
    double losses[2];
    std::memcpy(&losses[0], a.array.bytes.data() + i * sizeof(double), sizeof(double));
    std::memcpy(&losses[1], b.array.bytes.data() + i * sizeof(double), sizeof(double));
    EXPECT_NEAR(losses[1] / losses[0], 1, 8 * 0x1p-24) << i;
  }
}

TEST(Workload, PipelinesShuffleEveryEpochAnew) {
  Parallel parallel(2);
  const Dataset images = synthetic_mnist(64, 0, 1);
  const DatasetView view = images.view();
  const WorkloadOptions options{.seed = 1, .data = &view, .parallel = &parallel};
  const auto fed = make_workload("pipeline/cached-prefetch", options), plain = make_workload("train/mnist-mlp", options);
  EXPECT_NE(input_checksum(*fed), input_checksum(*plain));
  run(*fed, 5);
  const std::vector<std::byte> first = answer_of(*fed);
  run(*fed, 5);
  EXPECT_EQ(answer_of(*fed), first) << "a reset goes back to the first epoch";
}

TEST(Workload, MemoryCasesCountWhatTheyAllocate) {
  Parallel parallel(2);
  const auto fresh = make("memory/fresh", parallel), arena = make("memory/arena", parallel);
  const auto kept = make("train/cifar-mlp", parallel);
  EXPECT_EQ(kept->allocated_bytes(), std::nullopt);
  EXPECT_EQ(fresh->allocated_bytes(), 0u);
  const auto planned = arena->allocated_bytes();
  ASSERT_TRUE(planned);
  run(*fresh, 1);
  const std::uint64_t a_step = *fresh->allocated_bytes();
  EXPECT_GT(a_step, 4u * (3072 * 3000 + 3000 * 1000)) << "the gradients of the weights alone";
  EXPECT_LT(*planned, a_step) << "some are never alive together";
  run(*fresh, 2);
  EXPECT_EQ(*fresh->allocated_bytes(), 3 * a_step);
  run(*arena, 3);
  EXPECT_EQ(arena->allocated_bytes(), planned);
}

struct Learner {
  const char* name;
  Dataset (*make)(std::int64_t rows, std::int64_t first_row, std::uint64_t seed);
};
class Losses : public testing::TestWithParam<Learner> {};

TEST_P(Losses, FallWhenEveryStepSeesTheSameRows) {
  Parallel parallel(2);
  const Dataset one_batch = GetParam().make(32, 0, 1);
  const DatasetView view = one_batch.view();
  const auto workload = make_workload(GetParam().name, {.seed = 1, .data = &view, .parallel = &parallel});
  run(*workload, static_cast<int>(kVerifiedSteps) + 2);  // later steps are not kept
  const NamedArray answer = workload->answer();
  ASSERT_EQ(answer.array.shape, Shape{kVerifiedSteps});
  const std::span losses{reinterpret_cast<const double*>(answer.array.bytes.data()), kVerifiedSteps};
  EXPECT_LT(losses.back(), 0.8 * losses.front());
}
INSTANTIATE_TEST_SUITE_P(Networks, Losses,
                         testing::Values(Learner{"train/regression-mlp", synthetic_regression},
                                         Learner{"train/mnist-mlp", synthetic_mnist},
                                         Learner{"train/mnist-cnn", synthetic_mnist}),
                         [](const auto& row) { return identifier(row.param.name); });

TEST(TrainingCase, TrainsOnTheRowsItIsGiven) {
  Parallel parallel;
  const Dataset mine = synthetic_regression(40, 0, 99), images = synthetic_mnist(40, 0, 99);
  const DatasetView view = mine.view(), wrong = images.view();
  const WorkloadOptions options{.seed = 1, .data = &view, .parallel = &parallel};
  const auto workload = make_workload("train/regression-mlp", options);
  const std::vector<NamedArray> inputs = workload->inputs();
  ASSERT_EQ(inputs[0].array.shape, (Shape{40, 100}));
  EXPECT_TRUE(std::ranges::equal(inputs[0].array.bytes, std::as_bytes(view.features)));
  EXPECT_TRUE(std::ranges::equal(inputs[1].array.bytes, std::as_bytes(view.targets)));
  run(*workload, 3);  // 32 rows, 8, and 32 again
  EXPECT_EQ(workload->answer().array.shape, Shape{3});
  EXPECT_THROW(make_workload("train/regression-mlp", {.seed = 1, .data = &wrong, .parallel = &parallel}), Error);
  EXPECT_THROW(make_workload("train/cifar-mlp", options), Error);
}

}  // namespace
}  // namespace m1bench

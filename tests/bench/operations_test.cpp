// SPDX-License-Identifier: Apache-2.0
// That the operations of every case are the case: their arithmetic, and what they compute while somebody watches.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "bench/workload.hpp"
#include "support/models.hpp"
#include "support/recorded_operations.hpp"

namespace m1bench {
namespace {

class Operations : public testing::TestWithParam<const char*> {
 protected:
  const CaseSpec& spec() const { return *find_case_spec(GetParam()); }
  std::unique_ptr<Workload> make() {
    WorkloadOptions options{.seed = 3, .parallel = &parallel_};
    if (spec().model != ModelFile::none) {
      model_ = std::make_unique<Mapped>(packed_model(spec().dtype == "i8" ? "mnist-cnn-int8" : "mnist-cnn-f32"));
      options.model = model_->bytes();
    }
    return make_workload(spec().name, options);
  }
  Parallel parallel_{2};
  std::unique_ptr<Mapped> model_;
};

TEST_P(Operations, ComputeTogetherWhatTheCatalogueSays) {
  const auto workload = make();
  double flop = 0;
  for (const OperationInfo& operation : operations_of(spec(), *workload, 2)) {
    flop += operation.cost.flop;
    EXPECT_GE(operation.cost.bytes, 0) << operation.name;
    EXPECT_FALSE(operation.name.empty());
  }
  EXPECT_EQ(flop, spec().flop);
  EXPECT_EQ(spec().rate, Rate::samples) << "by which explain knows what has operations";
}

TEST_P(Operations, AreToldOfInOrderAndChangeNothing) {
  const auto watched = make(), alone = make();
  const std::size_t count = operations_of(spec(), *watched, 2).size();
  RecordedOperations seen;
  watched->observe(&seen);
  constexpr int kLoops = 3;
  for (int loop = 0; loop < kLoops; ++loop) watched->loop();
  EXPECT_EQ(seen.done, numbered(count, kLoops));
  for (int loop = 0; loop < kLoops; ++loop) alone->loop();
  const NamedArray a = watched->answer(), b = alone->answer();
  EXPECT_TRUE(std::equal(a.array.bytes.begin(), a.array.bytes.end(), b.array.bytes.begin(), b.array.bytes.end()));
  EXPECT_EQ(watched->output_checksum(), alone->output_checksum());
}

INSTANTIATE_TEST_SUITE_P(Cases, Operations,
                         testing::Values("train/regression-mlp", "train/mnist-mlp", "train/mnist-cnn", "train/cifar-mlp", "pipeline/naive",
                                         "pipeline/cached-prefetch", "memory/fresh", "memory/arena", "infer/mnist-cnn-f32",
                                         "infer/mnist-cnn-int8"));

TEST(OperationsOfAKernel, AreTheLoopAsAWhole) {
  struct Row {
    const char* name;
    double flop, bytes;
  };
  constexpr double kElements = 1 << 24;
  const Row rows[] = {
      {"matmul/f32/64", 2.0 * 64 * 64 * 64, 3.0 * 64 * 64 * 4},
      {"conv2d/f32/mnist", 2.0 * 32 * 26 * 26 * 32 * 9, 4.0 * (32 * 28 * 28 + 9 * 32 + 32 * 26 * 26 * 32)},
      {"elementwise/add", 0, 3 * 4 * kElements},
      {"softmax/32x1000", 0, 2.0 * 4 * 32 * 1000},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Parallel parallel(1);
    const auto workload = make_workload(row.name, {.seed = 1, .parallel = &parallel});
    const CaseSpec& spec = *find_case_spec(row.name);
    const auto list = operations_of(spec, *workload, 1);
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].name, spec.family);
    EXPECT_NE(spec.rate, Rate::samples) << "by which explain knows what has operations";
    EXPECT_EQ(list[0].cost.flop, row.flop);
    EXPECT_EQ(list[0].cost.bytes, row.bytes);
  }
}

TEST(OperationsOfABound, AreThoseOfAllThreads) {
  Parallel parallel(2);
  const auto workload = make_workload("bound/f32", {.seed = 1, .parallel = &parallel});
  const CaseSpec& spec = *find_case_spec("bound/f32");
  EXPECT_EQ(operations_of(spec, *workload, 2)[0].cost.flop, 2 * spec.flop);
}

TEST(OperationsOfAGraph, AreNamedByTheirOperators) {
  Parallel parallel(1);
  Mapped model(packed_model("mnist-cnn-int8"));
  const auto workload = make_workload("infer/mnist-cnn-int8", {.model = model.bytes(), .parallel = &parallel});
  const auto list = workload->operations();
  ASSERT_GE(list.size(), 3u);
  EXPECT_EQ(list[0].name, "CONV_2D 0 + MAX_POOL_2D 1");
  EXPECT_EQ(list[0].dtype, "i8");
  EXPECT_EQ(list[0].cost.flop, 2.0 * 26 * 26 * 32 * 9);
  // Image, filter, bias as int32, and what the pool leaves.
  EXPECT_EQ(list[0].cost.bytes, 28.0 * 28 + 9 * 32 + 4 * 32 + 13 * 13 * 32);
}

}  // namespace
}  // namespace m1bench

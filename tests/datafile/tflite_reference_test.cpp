// SPDX-License-Identifier: Apache-2.0
// Real models against what TensorFlow Lite's reference kernels made of them (scripts/make_tflite.py).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "datafile/tflite.hpp"
#include "m1bench/graph/packed_graph.hpp"
#include "m1bench/graph/runner.hpp"

namespace m1bench {
namespace {

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

// More models than those committed, from `make_tflite.py --random N --out DIR`, if this names their folder.
std::filesystem::path folder() {
  const char* more = std::getenv("M1BENCH_TFLITE_MODELS");
  return more ? std::filesystem::path(more) : std::filesystem::path(M1BENCH_TEST_DATA) / "tflite";
}

std::vector<std::string> model_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    if (entry.path().extension() == ".tflite") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class TfliteModel : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const std::string file = contents(folder() / (GetParam() + ".tflite"));
    const std::string packed = pack_tflite({GetParam(), file});
    mapped_ = Tensor<std::uint8_t>(Shape{static_cast<std::int64_t>(packed.size())});
    std::memcpy(mapped_.data(), packed.data(), packed.size());
    graph_ = view_packed_graph(std::as_bytes(mapped_.span()));
  }

  // How far one output may be from the reference's: nothing, but for a softmax of int8 and what was summed in single precision.
  double tolerance(double wanted) const {
    const GraphTensor& y = graph_.tensors[static_cast<std::size_t>(graph_.output)];
    const bool has_softmax = graph_.operators.back().kind == OperatorKind::softmax;
    if (y.dtype == DType::i8) return has_softmax ? 1 : 0;
    const auto quantized = [](const Operator& op) { return op.kind == OperatorKind::dequantize; };
    // Logits of sums of 5408 products: rounding_bound(5408) is below 1e-4, and a softmax passes on as much.
    return std::any_of(graph_.operators.begin(), graph_.operators.end(), quantized) ? 0 : 1e-4 * std::max(1e-3, std::abs(wanted));
  }

  template <class T>
  void compare(GraphRunner& runner, const std::string& outputs, std::size_t sample) const {
    const std::size_t bytes = runner.output().size();
    for (std::size_t i = 0; i < bytes / sizeof(T); ++i) {
      T got, wanted;
      std::memcpy(&got, runner.output().data() + i * sizeof(T), sizeof(T));
      std::memcpy(&wanted, outputs.data() + sample * bytes + i * sizeof(T), sizeof(T));
      EXPECT_LE(std::abs(static_cast<double>(got) - static_cast<double>(wanted)), tolerance(static_cast<double>(wanted)))
          << "sample " << sample << " element " << i << ": " << +got << " for " << +wanted;
    }
  }

  Tensor<std::uint8_t> mapped_;
  Graph graph_;
};

TEST_P(TfliteModel, AnswersAsTheReferenceKernelsDo) {
  GraphRunner runner(graph_);
  const std::string inputs = contents(folder() / (GetParam() + ".in")), outputs = contents(folder() / (GetParam() + ".out"));
  const std::size_t samples = inputs.size() / runner.input().size();
  ASSERT_GT(samples, 0u);
  ASSERT_EQ(inputs.size(), samples * runner.input().size());
  ASSERT_EQ(outputs.size(), samples * runner.output().size());
  for (std::size_t sample = 0; sample < samples; ++sample) {
    std::memcpy(runner.input().data(), inputs.data() + sample * runner.input().size(), runner.input().size());
    runner.run();
    const DType type = graph_.tensors[static_cast<std::size_t>(graph_.output)].dtype;
    type == DType::i8 ? compare<std::int8_t>(runner, outputs, sample) : compare<float>(runner, outputs, sample);
  }
}

INSTANTIATE_TEST_SUITE_P(Models, TfliteModel, testing::ValuesIn(model_names()), [](const auto& row) {
  std::string name = row.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace m1bench

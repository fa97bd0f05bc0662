// SPDX-License-Identifier: Apache-2.0
// Real models: what TensorFlow Lite's reference kernels made of them (scripts/make_tflite.py), and what ours do.
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
#include "m1bench/graph/reference.hpp"
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

  // TensorFlow Lite's exponentials of an int8 softmax are a table of its own, which may move a share to the next step.
  double slack() const {
    const bool integer = graph_.tensors[static_cast<std::size_t>(graph_.output)].dtype == DType::i8;
    return integer && graph_.operators.back().kind == OperatorKind::softmax ? 1 : 0;
  }

  // Both sets of kernels must be within the bounds of our own right answer; int8 has none to spare.
  template <class T>
  void compare_with(const Reference& right, std::span<const std::byte> outputs, double slack, const std::string& whose) const {
    ASSERT_EQ(outputs.size(), right.values.size() * sizeof(T));
    for (std::size_t i = 0; i < right.values.size(); ++i) {
      T got;
      std::memcpy(&got, outputs.data() + i * sizeof(T), sizeof(T));
      const double error = std::abs(static_cast<double>(got) - right.values[i]);
      EXPECT_LE(error, static_cast<double>(right.bounds[i]) + slack) << whose << " element " << i << ": " << +got;
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
    const Reference right = reference_run(graph_, runner.input());
    const DType type = graph_.tensors[static_cast<std::size_t>(graph_.output)].dtype;
    const auto compare = [&](std::span<const std::byte> answer, double more, const std::string& whose) {
      const std::string where = whose + ", sample " + std::to_string(sample);
      type == DType::i8 ? compare_with<std::int8_t>(right, answer, more, where) : compare_with<float>(right, answer, more, where);
    };
    const std::size_t bytes = runner.output().size();
    compare(std::as_bytes(std::span(outputs)).subspan(sample * bytes, bytes), slack(), "TensorFlow Lite");
    compare(runner.output(), 0, "m1bench");
  }
}

INSTANTIATE_TEST_SUITE_P(Models, TfliteModel, testing::ValuesIn(model_names()), [](const auto& row) {
  std::string name = row.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "m1bench/kernels/conv2d.hpp"
#include "m1bench/tensor/array.hpp"

// What a model file holds, as plain data: tensors, and operators in the order in which they run. NHWC; filters as in
// TensorFlow Lite's files.
namespace m1bench {

enum class OperatorKind : std::uint8_t {
  conv2d, depthwise_conv2d, fully_connected, max_pool2d, average_pool2d, reshape, softmax, relu, relu6, relu_n1_to_1, add,
  quantize, dequantize,
};
inline constexpr int kOperatorKinds = 13;
std::string_view name_of(OperatorKind kind);  // as TensorFlow Lite has it: "CONV_2D"

enum class Activation : std::uint8_t { none, relu, relu6, relu_n1_to_1 };

struct GraphTensor {
  std::string name;
  DType dtype = DType::f32;
  Shape shape;
  std::vector<float> scales;    // of quantised tensors: one, or one for each channel of `channel_axis`
  std::int32_t zero_point = 0;  // of all channels
  int channel_axis = 0;
  std::span<const std::byte> constant;  // somebody else's bytes; empty for what the operators compute
};

inline constexpr int kNoTensor = -1;

struct Operator {
  OperatorKind kind = OperatorKind::reshape;
  std::vector<int> inputs;  // x, then weights and bias, or the second summand; kNoTensor for a bias that is not there
  int output = kNoTensor;
  // Those that the kind has:
  Padding padding = Padding::valid;
  std::int64_t stride_h = 1, stride_w = 1, dilation_h = 1, dilation_w = 1;
  std::int64_t window_h = 1, window_w = 1;  // of a pool; a filter has its own
  Activation activation = Activation::none;
  float beta = 1;  // of a softmax
};

struct Graph {
  std::vector<GraphTensor> tensors;
  std::vector<Operator> operators;
  int input = kNoTensor, output = kNoTensor;  // of the whole graph: one of each
};

std::size_t bytes_of(const GraphTensor& tensor);

// Arithmetic of one run: two for each product of a convolution or a fully-connected layer, nothing for the rest.
double flop_of(const Graph& graph);
double flop_of(const Graph& graph, const Operator& op);  // its part

// Of an operator: each operand, weights and bias among them, once; and `output`, which is its own unless it is computed together
// with what follows.
double bytes_moved_by(const Graph& graph, const Operator& op, int output);

// "operator 3 (CONV_2D)"
std::string place_of(const Graph& graph, std::size_t index);

inline constexpr std::size_t kMaxOperators = 4096;
inline constexpr std::int64_t kMaxTensorElements = std::int64_t{1} << 28;
inline constexpr std::int64_t kMaxActivationBytes = std::int64_t{1} << 31;  // of all tensors that are no constants, together

// Throws Error(data) with one sentence that names the operator and the reason, unless every operator can run: its inputs are
// constants, the graph's input or computed before it, and types, shapes, quantisation and attributes fit together.
void validate(const Graph& graph);

}  // namespace m1bench

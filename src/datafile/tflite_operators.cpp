// SPDX-License-Identifier: Apache-2.0
#include "datafile/tflite_operators.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "m1bench/core/error.hpp"

namespace m1bench::tflite {
namespace {

// Those in use by number; what is newer than 116 is called by its number.
constexpr std::array<std::string_view, 117> kNames{
    "ADD", "AVERAGE_POOL_2D", "CONCATENATION", "CONV_2D", "DEPTHWISE_CONV_2D", "DEPTH_TO_SPACE", "DEQUANTIZE",
    "EMBEDDING_LOOKUP", "FLOOR", "FULLY_CONNECTED", "HASHTABLE_LOOKUP", "L2_NORMALIZATION", "L2_POOL_2D",
    "LOCAL_RESPONSE_NORMALIZATION", "LOGISTIC", "LSH_PROJECTION", "LSTM", "MAX_POOL_2D", "MUL", "RELU", "RELU_N1_TO_1",
    "RELU6", "RESHAPE", "RESIZE_BILINEAR", "RNN", "SOFTMAX", "SPACE_TO_DEPTH", "SVDF", "TANH", "CONCAT_EMBEDDINGS",
    "SKIP_GRAM", "CALL", "CUSTOM", "EMBEDDING_LOOKUP_SPARSE", "PAD", "UNIDIRECTIONAL_SEQUENCE_RNN", "GATHER",
    "BATCH_TO_SPACE_ND", "SPACE_TO_BATCH_ND", "TRANSPOSE", "MEAN", "SUB", "DIV", "SQUEEZE", "UNIDIRECTIONAL_SEQUENCE_LSTM",
    "STRIDED_SLICE", "BIDIRECTIONAL_SEQUENCE_RNN", "EXP", "TOPK_V2", "SPLIT", "LOG_SOFTMAX", "DELEGATE",
    "BIDIRECTIONAL_SEQUENCE_LSTM", "CAST", "PRELU", "MAXIMUM", "ARG_MAX", "MINIMUM", "LESS", "NEG", "PADV2", "GREATER",
    "GREATER_EQUAL", "LESS_EQUAL", "SELECT", "SLICE", "SIN", "TRANSPOSE_CONV", "SPARSE_TO_DENSE", "TILE", "EXPAND_DIMS",
    "EQUAL", "NOT_EQUAL", "LOG", "SUM", "SQRT", "RSQRT", "SHAPE", "POW", "ARG_MIN", "FAKE_QUANT", "REDUCE_PROD", "REDUCE_MAX",
    "PACK", "LOGICAL_OR", "ONE_HOT", "LOGICAL_AND", "LOGICAL_NOT", "UNPACK", "REDUCE_MIN", "FLOOR_DIV", "REDUCE_ANY",
    "SQUARE", "ZEROS_LIKE", "FILL", "FLOOR_MOD", "RANGE", "RESIZE_NEAREST_NEIGHBOR", "LEAKY_RELU", "SQUARED_DIFFERENCE",
    "MIRROR_PAD", "ABS", "SPLIT_V", "UNIQUE", "CEIL", "REVERSE_V2", "ADD_N", "GATHER_ND", "COS", "WHERE", "RANK", "ELU",
    "REVERSE_SEQUENCE", "MATRIX_DIAG", "QUANTIZE", "MATRIX_SET_DIAG", "ROUND"};

constexpr std::int32_t kCustom = 32;

// What is supported, and up to which version: later ones may mean something else by the same fields.
struct Supported {
  std::int32_t builtin;
  OperatorKind kind;
  std::int32_t last_version;
  Options options;
};
constexpr Supported kSupported[] = {
    {0, OperatorKind::add, 5, Options::add},
    {1, OperatorKind::average_pool2d, 3, Options::pool2d},
    {3, OperatorKind::conv2d, 8, Options::conv2d},
    {4, OperatorKind::depthwise_conv2d, 7, Options::depthwise},
    {6, OperatorKind::dequantize, 6, Options::none},
    {9, OperatorKind::fully_connected, 13, Options::fully_connected},
    {17, OperatorKind::max_pool2d, 3, Options::pool2d},
    {19, OperatorKind::relu, 3, Options::none},
    {20, OperatorKind::relu_n1_to_1, 1, Options::none},
    {21, OperatorKind::relu6, 3, Options::none},
    {22, OperatorKind::reshape, 1, Options::none},
    {25, OperatorKind::softmax, 3, Options::softmax},
    {114, OperatorKind::quantize, 4, Options::none},
};

// One operator with its place for messages.
struct Place {
  std::size_t index;
  std::string name;
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(ErrorKind::data, "operator " + std::to_string(index) + " (" + name + ") " + what);
  }
};

Padding decode_padding(std::int8_t padding, const Place& place) {
  if (padding != 0 && padding != 1) place.refuse("has the padding " + std::to_string(padding) + ", which does not exist");
  return padding == 0 ? Padding::same : Padding::valid;
}

Activation decode_activation(std::int8_t activation, const Place& place) {
  switch (activation) {
    case 0: return Activation::none;
    case 1: return Activation::relu;
    case 2: return Activation::relu_n1_to_1;
    case 3: return Activation::relu6;
    default: place.refuse("has the fused activation " + std::to_string(activation) + ", which is not supported");
  }
}

// The fields of convolutions and pools that have the same meaning, wherever each kind has them.
void decode_sliding(const Table* options, int activation, Operator& op, const Place& place) {
  op.padding = decode_padding(scalar<std::int8_t>(options, conv2d::padding), place);
  op.stride_w = scalar<std::int32_t>(options, conv2d::stride_w);
  op.stride_h = scalar<std::int32_t>(options, conv2d::stride_h);
  op.activation = decode_activation(scalar<std::int8_t>(options, activation), place);
}

void decode_options(const Table* options, Options type, Operator& op, const Place& place) {
  switch (type) {
    case Options::conv2d:
      decode_sliding(options, conv2d::activation, op, place);
      op.dilation_w = scalar<std::int32_t>(options, conv2d::dilation_w, 1);
      op.dilation_h = scalar<std::int32_t>(options, conv2d::dilation_h, 1);
      return;
    case Options::depthwise:
      decode_sliding(options, depthwise::activation, op, place);
      op.dilation_w = scalar<std::int32_t>(options, depthwise::dilation_w, 1);
      op.dilation_h = scalar<std::int32_t>(options, depthwise::dilation_h, 1);
      return;
    case Options::pool2d:
      decode_sliding(options, pool2d::activation, op, place);
      op.window_w = scalar<std::int32_t>(options, pool2d::window_w);
      op.window_h = scalar<std::int32_t>(options, pool2d::window_h);
      return;
    case Options::fully_connected:
      op.activation = decode_activation(scalar<std::int8_t>(options, fully_connected::activation), place);
      if (scalar<std::int8_t>(options, fully_connected::weights_format) != 0)
        place.refuse("has shuffled weights, which are not supported");
      return;
    case Options::softmax: op.beta = scalar<float>(options, softmax::beta); return;
    case Options::add: op.activation = decode_activation(scalar<std::int8_t>(options, add::activation), place); return;
    case Options::none: return;
  }
}

void decode_operands(const Table* table, Operator& op, const Place& place) {
  const auto inputs = list<std::int32_t>(table, op::inputs), outputs = list<std::int32_t>(table, op::outputs);
  if (inputs.empty() || inputs.size() > 3)
    place.refuse("has " + std::to_string(inputs.size()) + " inputs, which is not supported");
  if (outputs.size() != 1) place.refuse("has " + std::to_string(outputs.size()) + " outputs where one was expected");
  op.inputs.assign(inputs.begin(), inputs.end());
  if (op.kind == OperatorKind::reshape) op.inputs.resize(1);  // the new shape is that of the output
  op.output = outputs[0];
}

}  // namespace

std::string operator_name(std::int32_t builtin) {
  const bool known = builtin >= 0 && builtin < static_cast<std::int32_t>(kNames.size());
  return known ? std::string(kNames[static_cast<std::size_t>(builtin)]) : "builtin " + std::to_string(builtin);
}

Operator decode_operator(const Table* table, const Tables* codes, std::size_t index) {
  const auto code_index = scalar<std::uint32_t>(table, op::opcode_index);
  if (!codes || code_index >= codes->size()) Place{index, "?"}.refuse("has no entry in the model's list of operators");
  const Table* code = codes->Get(code_index);
  // Writers from before 127 operators existed fill only the first, newer ones both.
  const std::int32_t builtin = std::max<std::int32_t>(scalar<std::int8_t>(code, operator_code::deprecated_builtin_code),
                                                      scalar<std::int32_t>(code, operator_code::builtin_code));
  const Place place{index, operator_name(builtin)};
  if (builtin == kCustom)
    place.refuse("is the custom operator '" + text(code, operator_code::custom_code) + "', which is not supported");
  const auto* row =
      std::find_if(std::begin(kSupported), std::end(kSupported), [&](const Supported& s) { return s.builtin == builtin; });
  if (row == std::end(kSupported)) place.refuse("is not supported");
  const auto version = scalar<std::int32_t>(code, operator_code::version, 1);
  if (version < 1 || version > row->last_version) {
    place.refuse("has version " + std::to_string(version) + " where 1 to " + std::to_string(row->last_version) +
                 " are supported");
  }
  Operator op;
  op.kind = row->kind;
  decode_operands(table, op, place);
  const auto type = static_cast<Options>(scalar<std::uint8_t>(table, op::builtin_options_type));
  const Table* options = child(table, op::builtin_options);
  if (row->options != Options::none && (type != row->options || !options)) place.refuse("has no options of its own kind");
  decode_options(options, row->options, op, place);
  return op;
}

}  // namespace m1bench::tflite

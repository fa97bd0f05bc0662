// SPDX-License-Identifier: Apache-2.0
#include "graph/steps.hpp"

#include <cstring>

#include "m1bench/kernels/quantized.hpp"

namespace m1bench {
namespace {

Step make_reshape(const Operands& operands) {
  return [from = operands.in<std::byte>(0), to = operands.out<std::byte>(), bytes = bytes_of(operands.y())] {
    std::memcpy(to, from, bytes);
  };
}

Step make_quantize(const Operands& operands) {
  return [x = operands.in_span<float>(0), y = operands.out_span<std::int8_t>(), scale = operands.y().scales[0],
          zero = operands.y().zero_point] { quantize(scale, zero, x, y); };
}

Step make_dequantize(const Operands& operands) {
  return [x = operands.in_span<std::int8_t>(0), y = operands.out_span<float>(), scale = operands.x().scales[0],
          zero = operands.x().zero_point] { dequantize(scale, zero, x, y); };
}

}  // namespace

Step make_step(const Graph& graph, const Operator& op, const TensorData& data, const Operator* pool) {
  const Operands operands{graph, op, data, pool};
  const bool from_float = operands.x().dtype == DType::f32;
  if (op.kind == OperatorKind::reshape) return make_reshape(operands);
  if (op.kind == OperatorKind::dequantize) return make_dequantize(operands);
  if (op.kind == OperatorKind::quantize && from_float) return make_quantize(operands);
  return from_float ? make_float_step(operands) : make_quantized_step(operands);
}

}  // namespace m1bench

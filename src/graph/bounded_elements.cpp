// SPDX-License-Identifier: Apache-2.0
// Operators that look at elements one by one, or at rows of them.
#include <cstdint>
#include <cstring>

#include "graph/bounded.hpp"
#include "graph/geometry.hpp"

namespace m1bench {
namespace {

constexpr BoundedRange kInt8{-128, 127};

template <class T>
std::vector<double> numbers_as(std::span<const std::byte> bytes) {
  std::vector<double> numbers(bytes.size() / sizeof(T));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    T number;
    std::memcpy(&number, bytes.data() + i * sizeof(T), sizeof(T));
    numbers[i] = static_cast<double>(number);
  }
  return numbers;
}

const GraphTensor& x_of(const Graph& graph, const Operator& op) { return graph.tensors[static_cast<std::size_t>(op.inputs[0])]; }
const GraphTensor& y_of(const Graph& graph, const Operator& op) { return graph.tensors[static_cast<std::size_t>(op.output)]; }
double scale_of(const GraphTensor& tensor) { return static_cast<double>(tensor.scales[0]); }

// int8 of one quantisation as int8 of another.
BoundedValues rescaled(const GraphTensor& x_tensor, const GraphTensor& y_tensor, double factor, BoundedRange range,
                       const BoundedValues& x) {
  const Rescale rescale{factor, true, zero_of(y_tensor), range};
  BoundedValues y;
  for (const Bounded& one : x) y.push_back(rescale({one.value - zero_of(x_tensor), one.bound}));
  return y;
}

// The shares of one row.
BoundedValues shares_of(std::span<const Bounded> x, double beta) {
  double top = x[0].value, low = top - x[0].bound, high = top + x[0].bound, worst = 0;
  for (const Bounded& one : x) {
    top = std::max(top, one.value);
    low = std::min(low, one.value - one.bound);
    high = std::max(high, one.value + one.bound);
    worst = std::max(worst, one.bound);
  }
  double total = 0;
  for (const Bounded& one : x) total += std::exp(beta * (one.value - top));
  // Two units in the last place of exp, above and below the line; the reciprocal of the sum, a product with it, and of int8 one with
  // the scale.
  constexpr std::size_t kOfExp = 2 * 4, kOfQuotient = 3;
  const double computed = 2 * gamma_of(2) * beta * (high - low) + gamma_of(kOfExp + (x.size() - 1) + kOfQuotient);
  BoundedValues y;
  for (const Bounded& one : x) {
    const double share = std::exp(beta * (one.value - top)) / total;
    const double bound = share * std::expm1(beta * (one.bound + worst) + computed) + 2 * kFlushed;
    y.push_back({share, bound < 1 ? bound : 1.0});  // whatever x is, a share lies between 0 and 1
  }
  return y;
}

BoundedValues add_int8(const Graph& graph, const Operator& op, const BoundedValues& a, const BoundedValues& b) {
  const GraphTensor &a_tensor = x_of(graph, op), &y_tensor = y_of(graph, op);
  const GraphTensor& b_tensor = graph.tensors[static_cast<std::size_t>(op.inputs[1])];
  const QuantizedAdd how = quantized_add(a_tensor.scales[0], b_tensor.scales[0], y_tensor.scales[0]);
  const BoundedRange range = bounded_range(op.activation, y_tensor);
  constexpr std::int32_t kHeadroom = 1 << 20;  // as quantized_add() has it
  const auto scaled = [](double steps, FixedPoint factor) {
    return multiply_by_quantized_multiplier(static_cast<std::int32_t>(steps) * kHeadroom, factor);
  };
  // Neither summand may fall for the sum to grow, so its extremes are where both have theirs.
  const auto sum_of = [&](double a_steps, double b_steps) {
    const std::int32_t sum = scaled(a_steps - zero_of(a_tensor), how.a_factor) + scaled(b_steps - zero_of(b_tensor), how.b_factor);
    return std::clamp(zero_of(y_tensor) + multiply_by_quantized_multiplier(sum, how.y_factor), range.min, range.max);
  };
  BoundedValues y(std::max(a.size(), b.size()));
  for (std::size_t i = 0; i < y.size(); ++i) {
    const Bounded &one = a[i % a.size()], &other = b[i % b.size()];
    const double sum = sum_of(one.value, other.value);
    const double low = sum_of(one.value - one.bound, other.value - other.bound);
    const double high = sum_of(one.value + one.bound, other.value + other.bound);
    y[i] = {sum, std::max(high - sum, sum - low)};
  }
  return y;
}

}  // namespace

Bounded Rescale::operator()(Bounded sum) const {
  const FixedPoint point = fixed ? fixed_point(factor) : FixedPoint{};
  const auto y = [&](double value) {
    const double scaled = fixed ? multiply_by_quantized_multiplier(static_cast<std::int32_t>(value), point) : std::round(value * factor);
    return std::clamp(zero + scaled, range.min, range.max);
  };
  // A left shift that wraps falls where its operand grows; then nothing is known.
  const double reach = (std::abs(sum.value) + sum.bound) * std::max(1.0, 2 * factor);
  if (sum.bound > 0 && reach >= 0x1p31) return {y(sum.value), range.max - range.min};
  return image(y, sum);
}

std::vector<double> numbers_in(DType dtype, std::span<const std::byte> bytes) {
  if (dtype == DType::f32) return numbers_as<float>(bytes);
  return dtype == DType::i8 ? numbers_as<std::int8_t>(bytes) : numbers_as<std::int32_t>(bytes);
}

double zero_of(const GraphTensor& tensor) { return tensor.dtype == DType::i8 ? tensor.zero_point : 0; }

BoundedRange bounded_range(Activation activation, const GraphTensor& y) {
  if (y.dtype == DType::i8) {
    const Range8 range = range_of(activation, y);
    return {static_cast<double>(range.min), static_cast<double>(range.max)};
  }
  const FloatOutput range = range_of(activation);
  return {range.min, range.max};
}

BoundedValues bounded_softmax(const Graph& graph, const Operator& op, const BoundedValues& x) {
  const GraphTensor &x_tensor = x_of(graph, op), &y_tensor = y_of(graph, op);
  const bool integer = y_tensor.dtype == DType::i8;
  const double beta = static_cast<double>(op.beta) * (integer ? scale_of(x_tensor) : 1.0);
  const auto to_step = [&](double share) {
    return std::clamp(std::nearbyint(share / scale_of(y_tensor)) + zero_of(y_tensor), kInt8.min, kInt8.max);
  };
  const auto columns = static_cast<std::size_t>(x_tensor.shape[x_tensor.shape.rank() - 1]);
  BoundedValues y;
  for (std::size_t row = 0; row < x.size(); row += columns) {
    for (const Bounded& share : shares_of(std::span(x).subspan(row, columns), beta)) {
      y.push_back(integer ? image(to_step, share) : share);
    }
  }
  return y;
}

BoundedValues bounded_relu(const Graph& graph, const Operator& op, Activation activation, const BoundedValues& x) {
  const GraphTensor &x_tensor = x_of(graph, op), &y_tensor = y_of(graph, op);
  const BoundedRange range = bounded_range(activation, y_tensor);
  if (y_tensor.dtype == DType::i8) {
    const float factor = x_tensor.scales[0] / y_tensor.scales[0];  // TensorFlow Lite divides in single precision here
    return rescaled(x_tensor, y_tensor, static_cast<double>(factor), range, x);
  }
  BoundedValues y;
  for (const Bounded& one : x) y.push_back(clamped(one, range));
  return y;
}

BoundedValues bounded_add(const Graph& graph, const Operator& op, const BoundedValues& x, const BoundedValues& b) {
  if (y_of(graph, op).dtype == DType::i8) return add_int8(graph, op, x, b);
  const BoundedRange range = bounded_range(op.activation, y_of(graph, op));
  BoundedValues y(std::max(x.size(), b.size()));
  for (std::size_t i = 0; i < y.size(); ++i) {
    SumOfProducts sum;
    sum.add(1, x[i % x.size()]);
    sum.add(1, b[i % b.size()]);
    y[i] = clamped(sum.in_float(1), range);
  }
  return y;
}

BoundedValues bounded_quantize(const Graph& graph, const Operator& op, const BoundedValues& x) {
  const GraphTensor &x_tensor = x_of(graph, op), &y_tensor = y_of(graph, op);
  const double scale = scale_of(y_tensor);
  if (x_tensor.dtype == DType::i8) return rescaled(x_tensor, y_tensor, scale_of(x_tensor) / scale, kInt8, x);
  const auto to_step = [&](double steps) { return std::clamp(std::round(steps) + zero_of(y_tensor), kInt8.min, kInt8.max); };
  BoundedValues y;
  for (const Bounded& one : x) {
    if (one.bound == 0) {  // then it is an f32, and is divided as kernels divide it
      y.push_back({to_step(static_cast<double>(static_cast<float>(one.value) / y_tensor.scales[0])), 0});
    } else {
      y.push_back(image(to_step, {one.value / scale, (one.bound + kRoundoff * (std::abs(one.value) + one.bound)) / scale}));
    }
  }
  return y;
}

BoundedValues bounded_dequantize(const Graph& graph, const Operator& op, const BoundedValues& x) {
  const GraphTensor& x_tensor = x_of(graph, op);
  BoundedValues y;
  for (const Bounded& one : x) {
    const double value = static_cast<double>(x_tensor.scales[0] * static_cast<float>(one.value - zero_of(x_tensor)));
    const double moved = scale_of(x_tensor) * one.bound;
    y.push_back({value, one.bound == 0 ? 0 : moved + 2 * kRoundoff * (std::abs(value) + moved)});
  }
  return y;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "m1bench/graph/graph.hpp"
#include "m1bench/tensor/compare.hpp"

// Numbers that carry a bound of their error, and what each kind of operator makes of them. The formulas and their sources are in
// m1bench/graph/reference.hpp.
namespace m1bench {

// A number, and how far from it a correct kernel's may be.
struct Bounded {
  double value = 0, bound = 0;
};
using BoundedValues = std::vector<Bounded>;
struct BoundedRange {
  double min = 0, max = 0;
};

// Of f32, and of the f64 in which all this is computed: the gamma of their sum is at least the sum of their gammas.
inline constexpr double kRoundoff = kUnitRoundoffF32 + kUnitRoundoffF64;
// What a kernel that flushes small numbers to zero may lose by one operation.
inline constexpr double kFlushed = std::numeric_limits<float>::min();
inline constexpr double kLargest = std::numeric_limits<float>::max();

inline double gamma_of(std::size_t n) {
  const double nu = static_cast<double>(n) * kRoundoff;
  return nu < 1 ? nu / (1 - nu) : std::numeric_limits<double>::infinity();
}

// f(x) for a function that never falls.
template <class Function>
Bounded image(const Function& f, Bounded x) {
  const double y = f(x.value);
  return {y, x.bound == 0 ? 0 : std::max(f(x.value + x.bound) - y, y - f(x.value - x.bound))};
}
inline Bounded clamped(Bounded x, BoundedRange range) {
  return image([&](double value) { return std::clamp(value, range.min, range.max); }, x);
}

// A sum of products of known weights, on its way.
struct SumOfProducts {
  double sum = 0;
  double magnitude = 0;  // the sum of what the products may be at most
  double uncertain = 0;  // what the bounds of the factors come to
  std::size_t count = 0;

  void add(double weight, Bounded x) {
    sum += weight * x.value;
    magnitude += std::abs(weight) * (std::abs(x.value) + x.bound);
    uncertain += std::abs(weight) * x.bound;
    ++count;
  }
  // In single precision, each product being rounded `roundings` times until the sum is there. What may overflow is no number.
  Bounded in_float(std::size_t roundings) const {
    const double value = magnitude <= kLargest ? sum : std::numeric_limits<double>::quiet_NaN();
    return {value, gamma_of(roundings) * magnitude + uncertain + static_cast<double>(roundings) * kFlushed};
  }
};

// What becomes of a sum of integers: clamp(zero + factor * sum), with a factor in fixed point, or as it is and rounded once.
struct Rescale {
  double factor = 0;
  bool fixed = true;
  double zero = 0;
  BoundedRange range;
  Bounded operator()(Bounded sum) const;
};

// The elements of an array, and of a quantised tensor the zero point; f32 has none, whatever its file says.
std::vector<double> numbers_in(DType dtype, std::span<const std::byte> bytes);
double zero_of(const GraphTensor& tensor);

// What an activation leaves of a tensor's numbers.
BoundedRange bounded_range(Activation activation, const GraphTensor& y);

// The output of one operator whose operands are `x` (and `b`).
BoundedValues bounded_products(const Graph& graph, const Operator& op, const BoundedValues& x);  // convolutions, fully connected
BoundedValues bounded_pool(const Graph& graph, const Operator& op, const BoundedValues& x);
BoundedValues bounded_softmax(const Graph& graph, const Operator& op, const BoundedValues& x);
BoundedValues bounded_relu(const Graph& graph, const Operator& op, Activation activation, const BoundedValues& x);
BoundedValues bounded_add(const Graph& graph, const Operator& op, const BoundedValues& x, const BoundedValues& b);
BoundedValues bounded_quantize(const Graph& graph, const Operator& op, const BoundedValues& x);
BoundedValues bounded_dequantize(const Graph& graph, const Operator& op, const BoundedValues& x);

}  // namespace m1bench

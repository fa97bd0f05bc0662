// SPDX-License-Identifier: Apache-2.0
#include "m1bench/tensor/compare.hpp"

#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

template <class T>
Deviation compare_as(std::span<const std::byte> bytes, const Reference& reference) {
  Deviation result;
  result.elements = reference.values.size();
  result.same_size = bytes.size() == result.elements * sizeof(T);
  if (!result.same_size) return result;
  for (std::size_t i = 0; i < result.elements; ++i) {
    T element;
    std::memcpy(&element, bytes.data() + i * sizeof(T), sizeof(T));
    const auto got = static_cast<double>(element);
    // For integers the smallest value is no denormal, and only zero is meant.
    result.zeros += std::is_integral_v<T> ? element == T{} : std::abs(got) < static_cast<double>(std::numeric_limits<T>::min());
    const double want = reference.values[i], bound = static_cast<double>(reference.bounds[i]);
    const double error = std::abs(got - want);
    // Exact agreement is right even with a bound of zero; anything not a number is wrong.
    double ratio = error == 0 ? 0 : error / bound;
    if (std::isnan(ratio)) ratio = std::numeric_limits<double>::infinity();
    if (ratio > 1) ++result.wrong;
    if (i == 0 || ratio > result.worst_ratio) {
      result.worst = i;
      result.got = got;
      result.want = want;
      result.bound = bound;
      result.worst_ratio = ratio;
    }
  }
  return result;
}

}  // namespace

double rounding_bound(std::int64_t n, double unit_roundoff) {
  constexpr double kLambda = 6;
  return kLambda * std::sqrt(static_cast<double>(n)) * unit_roundoff;
}

Deviation compare(const ArrayView& answer, const Reference& reference) {
  check(reference.values.size() == reference.bounds.size(), "a reference has one bound for each value");
  switch (answer.dtype) {
    case DType::f32: return compare_as<float>(answer.bytes, reference);
    case DType::f64: return compare_as<double>(answer.bytes, reference);
    case DType::i8: return compare_as<std::int8_t>(answer.bytes, reference);
    case DType::i32: return compare_as<std::int32_t>(answer.bytes, reference);
    default: check(false, "only f32, f64, i8 and i32 answers are compared");
  }
  return {};
}

}  // namespace m1bench

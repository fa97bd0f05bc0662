// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>

namespace m1bench {

// The extents of a dense tensor, outermost first; at most four, all at least 0.
class Shape {
 public:
  Shape() = default;
  Shape(std::initializer_list<std::int64_t> extents);  // throws Error(internal) on rank over 4 or a negative extent

  int rank() const { return rank_; }
  std::int64_t operator[](int axis) const { return extents_[static_cast<std::size_t>(axis)]; }
  std::int64_t elements() const;      // the product; 1 for rank 0
  std::string to_string() const;      // "32x28x28x1"
  bool operator==(const Shape&) const = default;

 private:
  std::array<std::int64_t, 4> extents_{};
  int rank_ = 0;
};

}  // namespace m1bench

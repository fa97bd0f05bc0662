// SPDX-License-Identifier: Apache-2.0
#include "m1bench/tensor/shape.hpp"

#include "m1bench/core/check.hpp"

namespace m1bench {

Shape::Shape(std::initializer_list<std::int64_t> extents) : rank_(static_cast<int>(extents.size())) {
  check(extents.size() <= extents_.size(), "a shape has at most four axes");
  std::size_t axis = 0;
  for (const std::int64_t extent : extents) {
    check(extent >= 0, "an extent is not negative");
    extents_[axis++] = extent;
  }
}

std::int64_t Shape::elements() const {
  std::int64_t product = 1;
  for (int axis = 0; axis < rank_; ++axis) product *= (*this)[axis];
  return product;
}

std::string Shape::to_string() const {
  std::string text;
  for (int axis = 0; axis < rank_; ++axis) text += (axis ? "x" : "") + std::to_string((*this)[axis]);
  return text;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "m1bench/tensor/array.hpp"
#include "m1bench/tensor/fill.hpp"

// What the cases that stream through memory have in common.
namespace m1bench {

// Filling tens of megabytes at random would take longer than timing them; a random stretch of this length is repeated instead.
inline constexpr std::size_t kRandomStretch = 1 << 16;

// Arrays laid out one after another in memory that somebody lends; each in memory of its own where that is too little.
template <class T>
class Arrays {
 public:
  Arrays(std::span<std::byte> memory, std::int64_t elements, int count) : elements_(static_cast<std::size_t>(elements)) {
    if (memory.size() >= elements_ * sizeof(T) * static_cast<std::size_t>(count)) lent_ = reinterpret_cast<T*>(memory.data());
    for (int i = 0; i < count && !lent_; ++i) own_.emplace_back(Shape{elements}, Unfilled{});
  }
  std::span<T> operator[](std::size_t i) { return lent_ ? std::span(lent_ + i * elements_, elements_) : own_[i].span(); }
  ArrayView view(std::size_t i) {
    return {dtype_of<T>(), Shape{static_cast<std::int64_t>(elements_)}, std::as_bytes((*this)[i])};
  }

 private:
  std::size_t elements_;
  T* lent_ = nullptr;
  std::vector<Tensor<T>> own_;
};

// What another worker left in memory that both share must not pass for an answer of this one: spoils an element of each page.
template <class T>
void spoil(std::span<T> answer) {
  constexpr std::size_t kStride = 4096 / sizeof(T);
  for (std::size_t i = 0; i < answer.size(); i += kStride) answer[i] = std::numeric_limits<T>::quiet_NaN();
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <utility>

#include "m1bench/tensor/shape.hpp"

namespace m1bench {

struct Unfilled {};

// A dense row-major array that owns its memory, aligned to 64 bytes (one cache line, one AVX-512 register).
// Allocation throws std::bad_alloc. Elements start at zero, or unspecified where the caller says that it fills them at once: to
// touch tens of megabytes twice costs as much as a slot.
template <class T>
class Tensor {
 public:
  Tensor() = default;
  Tensor(Shape shape, Unfilled) : shape_(shape), data_(allocate(shape.elements())) {}
  explicit Tensor(Shape shape) : shape_(shape), data_(allocate(shape.elements())) {
    if (size() > 0) std::memset(data_, 0, size() * sizeof(T));
  }
  Tensor(const Tensor& other) : shape_(other.shape_), data_(allocate(other.shape_.elements())) {
    if (size() > 0) std::memcpy(data_, other.data_, size() * sizeof(T));
  }
  Tensor(Tensor&& other) noexcept
      : shape_(std::exchange(other.shape_, Shape{0})),
        data_(std::exchange(other.data_, nullptr)),
        owned_(std::exchange(other.owned_, true)) {}
  Tensor& operator=(Tensor other) noexcept {
    std::swap(shape_, other.shape_);
    std::swap(data_, other.data_);
    std::swap(owned_, other.owned_);
    return *this;
  }
  ~Tensor() {
    if (owned_) ::operator delete(data_, kAlignment);
  }

  // Elements are unspecified: for what is written before it is read.
  static Tensor uninitialized(Shape shape) { return Tensor(shape, allocate(shape.elements()), true); }

  // In somebody else's memory, aligned as our own, which must outlive the tensor. A copy owns its memory, and so does what
  // resize() gives another number of elements.
  static Tensor borrowed(Shape shape, T* memory) { return Tensor(shape, memory, false); }

  const Shape& shape() const { return shape_; }
  std::size_t size() const { return data_ ? static_cast<std::size_t>(shape_.elements()) : 0; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }
  std::span<T> span() { return {data_, size()}; }
  std::span<const T> span() const { return {data_, size()}; }

  // Gives the tensor `shape`; contents are kept if the number of elements stays, and are unspecified otherwise.
  void resize(Shape shape) {
    if (!data_ || shape.elements() != shape_.elements()) *this = Tensor(shape);
    shape_ = shape;
  }

 private:
  static constexpr std::align_val_t kAlignment{64};
  Tensor(Shape shape, T* data, bool owned) : shape_(shape), data_(data), owned_(owned) {}
  static T* allocate(std::int64_t elements) {
    if (elements > static_cast<std::int64_t>(PTRDIFF_MAX / sizeof(T))) throw std::bad_alloc();
    return static_cast<T*>(::operator new(static_cast<std::size_t>(elements) * sizeof(T), kAlignment));
  }

  Shape shape_{0};
  T* data_ = nullptr;
  bool owned_ = true;
};

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "m1bench/tensor/tensor.hpp"

namespace m1bench {

// Where a training step has its temporaries: activations, their gradients, and the parameters' gradients.
enum class Temporaries {
  kept,   // each allocated when a batch size is first seen
  fresh,  // each allocated anew by every step, and freed after it
  arena,  // all in one allocation, those that are never alive together in the same place
};

// One of them. Steps of time count the layers, forward and then backward.
struct Temporary {
  Tensor<float>* tensor = nullptr;
  Shape shape;
  int first = 0, last = 0;     // when it is written first and read last
  std::int64_t offset = 0;     // its place in an arena, in elements
};

// Gives each its place and returns the size of the arena, in elements. Two that are alive at the same time do not overlap;
// every place begins on a cache line. The greatest are placed first, each at the lowest place that is free all its life:
// nothing guarantees the least size, but it is rarely missed. Source: Pisarchyk and Lee, "Efficient memory management for deep
// neural net inference", 2020, section 4.2.
std::int64_t plan_arena(std::span<Temporary> temporaries);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "m1bench/tensor/shape.hpp"

namespace m1bench {

// Somebody's rows to train on, valid as long as their owner is. Image sets (classes > 0) have `pixels` (rows, sample...) in
// NHWC order and one label below `classes` for each row; regression sets (classes == 0) have `features` (rows, sample...)
// and one target for each row. The other two spans are empty.
struct DatasetView {
  Shape sample;           // of one row: 28x28x1, 32x32x3, or 100 features
  std::int64_t rows = 0;
  int classes = 0;
  std::span<const std::uint8_t> pixels;
  std::span<const std::uint8_t> labels;
  std::span<const float> features;
  std::span<const float> targets;
};

// The same with its own storage. A view of it is valid until it is changed, moved from or destroyed.
struct Dataset {
  Shape sample;
  std::int64_t rows = 0;
  int classes = 0;
  std::vector<std::uint8_t> pixels = {};
  std::vector<std::uint8_t> labels = {};
  std::vector<float> features = {};
  std::vector<float> targets = {};

  DatasetView view() const { return {sample, rows, classes, pixels, labels, features, targets}; }
};

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "m1bench/data/dataset.hpp"
#include "m1bench/tensor/tensor.hpp"

namespace m1bench {

// What one optimiser step sees. x is (rows, sample...): pixels / 255, or features. Image sets fill `labels`, regression sets
// `targets` (rows, 1); the other one is empty.
struct Batch {
  Tensor<float> x;
  std::vector<std::int64_t> labels;
  Tensor<float> targets;
  std::int64_t rows = 0;
};

// Copies the named rows, in that order, into `batch`, overwriting it. Pixels become exactly u8 / 255.0f. Allocates only when
// the number of rows differs from the batch before. Throws Error(internal) if a row does not exist.
void gather(const DatasetView& data, std::span<const std::int32_t> rows, Batch& batch);

// The same from rows that were gathered before, without decoding them again.
void gather(const Batch& decoded, std::span<const std::int32_t> rows, Batch& batch);

// The order in which epoch `epoch` (from 0) visits rows 0..rows-1: as they are, or a permutation of its own for each epoch
// and seed, the same on every architecture. Throws Error(internal) if rows is negative or above 2^31 - 1.
std::vector<std::int32_t> epoch_order(std::int64_t rows, std::uint64_t seed, int epoch, bool shuffled);

}  // namespace m1bench

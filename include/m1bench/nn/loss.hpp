// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "m1bench/tensor/tensor.hpp"

namespace m1bench {

// Keras's losses, all means over the batch. y is the network's output, (batch, outputs).
enum class LossKind {
  // The mean over all elements of (y - t)^2.
  mean_squared_error,
  // y are logits: -log softmax(y)[label], through log-softmax and so without a clip.
  sparse_categorical_crossentropy_from_logits,
  // y are sigmoid outputs: -log p[label] with p = y / sum(y) clipped to [1e-7, 1 - 1e-7]. The gradient is that of this very
  // expression: zero for a sample whose p[label] lies outside. Not a number if every output of a sample is zero.
  categorical_crossentropy_on_sigmoid,
};

// What the outputs should be, for as many samples as the batch has: labels for the cross-entropies, (batch, outputs) values
// for the squared error.
struct Targets {
  std::span<const std::int64_t> labels;
  std::span<const float> values;
};

// The loss of one batch, and how many samples were classified correctly: their greatest output, the first of equal ones,
// is the label's. Zero for the squared error.
struct StepResult {
  double loss = 0;
  std::int64_t correct = 0;
};

// Computes the loss of y and overwrites d_y, of the shape of y, with its gradient by y. Sums are in double precision: the
// outputs are few. Throws Error(internal) if sizes disagree, Error(data) for a label that is not an output.
StepResult loss_and_gradient(LossKind kind, const Tensor<float>& y, const Targets& targets, Tensor<float>& d_y);

}  // namespace m1bench

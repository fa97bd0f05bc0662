// SPDX-License-Identifier: Apache-2.0
#include "m1bench/nn/layer.hpp"

#include "m1bench/core/check.hpp"

namespace m1bench {

namespace {

Shape output_of(const Layer& layer, const Shape& x) { return with_batch(x[0], layer.output_shape(without_batch(x))); }

}  // namespace

OperationCost Layer::forward_cost(const Shape& x) const {
  return {.bytes = static_cast<double>(x.elements() + output_of(*this, x).elements()) * sizeof(float)};
}

OperationCost Layer::backward_cost(const Shape& x, const BackwardWork& work) const {
  if (!work.input_gradient) return {};
  return {.bytes = static_cast<double>(2 * output_of(*this, x).elements() + x.elements()) * sizeof(float)};
}

std::int64_t parameter_elements(Layer& layer) {
  std::int64_t elements = 0;
  for (const Parameter* parameter : layer.parameters()) elements += parameter->value.shape().elements();
  return elements;
}

Shape with_batch(std::int64_t batch, const Shape& s) {
  switch (s.rank()) {
    case 0: return {batch};
    case 1: return {batch, s[0]};
    case 2: return {batch, s[0], s[1]};
    default: check(s.rank() == 3, "a sample has at most three axes"); return {batch, s[0], s[1], s[2]};
  }
}

Shape without_batch(const Shape& s) {
  switch (s.rank()) {
    case 1: return {};
    case 2: return {s[1]};
    case 3: return {s[1], s[2]};
    default: check(s.rank() == 4, "an activation has a batch axis"); return {s[1], s[2], s[3]};
  }
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
// What a training step is made of, by what the layers' shapes say.
#include <string>

#include "m1bench/nn/sequential.hpp"

namespace m1bench {

std::vector<OperationInfo> Sequential::operations(std::int64_t batch, const Optimizer& optimizer) const {
  const bool plain = moves_in_backward(optimizer);
  std::vector<OperationInfo> list;
  const auto input_of = [&](std::size_t i) { return with_batch(batch, i == 0 ? input_shape_ : shapes_[i - 1]); };
  const auto add = [&](std::size_t i, Pass pass, OperationCost cost) {
    const std::string kind(layers_[i]->name());
    list.push_back({.name = kind + "_" + std::to_string(i), .kind = kind, .pass = pass, .cost = cost});
  };
  for (std::size_t i = 0; i < layers_.size(); ++i) add(i, Pass::forward, layers_[i]->forward_cost(input_of(i)));
  const auto outputs = static_cast<double>(with_batch(batch, shapes_.back()).elements());
  list.push_back({.name = "loss", .kind = "loss", .pass = Pass::loss, .cost = {.bytes = 2 * outputs * sizeof(float)}});
  for (std::size_t i = layers_.size(); i-- > first_trained_;) {
    const BackwardWork work{.input_gradient = i > first_trained_, .plain_step = plain};
    add(i, Pass::backward, layers_[i]->backward_cost(input_of(i), work));
  }
  for (const Trained& trained : trained_) {
    Layer& layer = *layers_[trained.layer];
    const std::int64_t moved = parameter_elements(layer) - (plain ? layer.moved_elements() : 0);
    add(trained.layer, Pass::update, {.bytes = static_cast<double>(moved) * optimizer.bytes_per_element()});
  }
  return list;
}

}  // namespace m1bench

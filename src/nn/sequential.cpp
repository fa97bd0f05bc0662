// SPDX-License-Identifier: Apache-2.0
#include "m1bench/nn/sequential.hpp"

#include <algorithm>
#include <string>

#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

// Parameters draw from streams of their own, far from those that fill a case's data under the same seed.
constexpr std::uint64_t kFirstStream = std::uint64_t{1} << 32;

}  // namespace

Sequential& Sequential::add(std::unique_ptr<Layer> layer) {
  const std::string prefix = std::string(layer->name()) + "_" + std::to_string(layers_.size()) + "/";
  const std::vector<Parameter*> parameters = layer->parameters();
  if (parameters_.empty() && !parameters.empty()) first_trained_ = layers_.size();
  if (!parameters.empty()) trained_.push_back({layers_.size(), parameters_.size(), parameters_.size() + parameters.size()});
  for (Parameter* parameter : parameters) {
    parameter->name = prefix + parameter->name;
    parameters_.push_back(parameter);
  }
  layers_.push_back(std::move(layer));
  return *this;
}

void Sequential::build(const Shape& input, std::uint64_t seed) {
  check(!layers_.empty(), "a network has at least one layer");
  std::vector<Shape> shapes;
  for (const auto& layer : layers_) shapes.push_back(layer->output_shape(shapes.empty() ? input : shapes.back()));
  if (input != input_shape_ || shapes != shapes_) workspaces_.clear();
  input_shape_ = input;
  shapes_ = std::move(shapes);
  std::uint64_t stream = kFirstStream;
  for (const auto& layer : layers_) layer->initialize(seed, stream);
}

Sequential::Workspace& Sequential::workspace_for(const Tensor<float>& x) {
  check(shapes_.size() == layers_.size() && !layers_.empty(), "a network is built before it runs");
  const std::int64_t batch = x.shape()[0];
  check(batch > 0 && x.shape() == with_batch(batch, input_shape_), "a batch has the network's input shape");
  Workspace& workspace = workspaces_[batch];
  workspace.outputs.resize(shapes_.size());
  for (std::size_t i = 0; i < shapes_.size(); ++i) workspace.outputs[i].resize(with_batch(batch, shapes_[i]));
  return workspace;
}

const Tensor<float>& Sequential::forward(const Tensor<float>& x, Parallel& parallel) {
  std::vector<Tensor<float>>& outputs = workspace_for(x).outputs;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const ObservedOperation observed(observer_, forward_operation(i));
    layers_[i]->forward(i == 0 ? x : outputs[i - 1], outputs[i], parallel);
  }
  return outputs.back();
}

void Sequential::backward(const Tensor<float>& x, const Tensor<float>& d_y, Parallel& parallel) {
  Workspace& workspace = workspace_for(x);
  std::vector<Tensor<float>>&outputs = workspace.outputs, &gradients = workspace.gradients;
  check(d_y.shape() == outputs.back().shape(), "the gradient has the shape of the output");
  gradients.resize(layers_.size());
  for (std::size_t i = layers_.size(); i-- > first_trained_;) {
    const ObservedOperation observed(observer_, backward_operation(i));
    Tensor<float>* d_x = i > first_trained_ ? &gradients[i - 1] : nullptr;
    if (d_x) d_x->resize(outputs[i - 1].shape());
    const Tensor<float>& d_out = i + 1 == layers_.size() ? d_y : gradients[i];
    layers_[i]->backward(i == 0 ? x : outputs[i - 1], outputs[i], d_out, d_x, parallel);
  }
}

void Sequential::place_temporaries(Temporaries temporaries, std::int64_t batch) {
  workspaces_.clear();
  for (Parameter* parameter : parameters_) parameter->gradient = {};
  arena_ = {};
  placement_ = temporaries;
  if (placement_ == Temporaries::arena) provide_temporaries(planned_workspace(batch));
}

// Lists what a step of `batch` samples needs, with times: layer i runs forward at i and backward at 2 * layers - i, the loss
// stands between, and the optimizer at the end reads all parameters' gradients.
Sequential::Workspace& Sequential::planned_workspace(std::int64_t batch) {
  Workspace& workspace = workspaces_[batch];
  if (!workspace.temporaries.empty()) return workspace;
  workspace.outputs.resize(layers_.size());
  workspace.gradients.resize(layers_.size());
  const int layers = static_cast<int>(layers_.size()), trained = static_cast<int>(first_trained_), end = 2 * layers + 1;
  for (int i = 0; i < layers; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const Shape shape = with_batch(batch, shapes_[at]);
    const int last_read = i >= trained ? 2 * layers - i : i + 1 == trained ? 2 * layers - trained : i + 1;
    workspace.temporaries.push_back({&workspace.outputs[at], shape, i, last_read});
    if (i < trained) continue;
    workspace.temporaries.push_back({&workspace.gradients[at], shape, 2 * layers - i - 1, 2 * layers - i});
    for (Parameter* parameter : layers_[at]->parameters()) {
      workspace.temporaries.push_back({&parameter->gradient, parameter->value.shape(), 2 * layers - i, end});
    }
  }
  workspace.arena_elements = plan_arena(workspace.temporaries);
  return workspace;
}

void Sequential::provide_temporaries(Workspace& workspace) {
  if (placement_ == Temporaries::arena && static_cast<std::int64_t>(arena_.size()) < workspace.arena_elements) {
    // No batch of another size may find itself in memory that is gone.
    for (auto& [batch, other] : workspaces_) {
      for (const Temporary& item : other.temporaries) *item.tensor = {};
    }
    arena_ = Tensor<float>::uninitialized({workspace.arena_elements});
    allocated_bytes_ += arena_.size() * sizeof(float);
  }
  for (const Temporary& item : workspace.temporaries) {
    if (placement_ == Temporaries::arena) {
      *item.tensor = Tensor<float>::borrowed(item.shape, arena_.data() + item.offset);
    } else {
      *item.tensor = Tensor<float>::uninitialized(item.shape);
      allocated_bytes_ += item.tensor->size() * sizeof(float);
    }
  }
}

StepResult Sequential::train_step(const Tensor<float>& x, const Targets& targets, LossKind loss, Optimizer& optimizer,
                                  Parallel& parallel) {
  if (placement_ != Temporaries::kept) provide_temporaries(planned_workspace(x.shape()[0]));
  const Tensor<float>& y = forward(x, parallel);
  std::vector<Tensor<float>>& gradients = workspace_for(x).gradients;
  gradients.resize(layers_.size());
  gradients.back().resize(y.shape());
  StepResult result;
  {
    const ObservedOperation observed(observer_, loss_operation());
    result = loss_and_gradient(loss, y, targets, gradients.back());
  }
  const std::optional<float> rate = moves_in_backward(optimizer) ? optimizer.plain_rate() : std::nullopt;
  for (Parameter* parameter : parameters_) parameter->plain_rate = rate;
  backward(x, gradients.back(), parallel);
  update(optimizer, parallel);
  for (Parameter* parameter : parameters_) parameter->plain_rate.reset();
  if (placement_ == Temporaries::fresh) {
    for (const Temporary& item : workspace_for(x).temporaries) *item.tensor = {};
  }
  return result;
}

// Who asks for temporaries of another kind asks for all of them.
bool Sequential::moves_in_backward(const Optimizer& optimizer) const {
  return placement_ == Temporaries::kept && optimizer.plain_rate().has_value();
}

void Sequential::update(Optimizer& optimizer, Parallel& parallel) {
  optimizer.begin_step(parameters_);
  for (std::size_t t = 0; t < trained_.size(); ++t) {
    const ObservedOperation observed(observer_, update_operation(t));
    for (std::size_t i = trained_[t].first; i < trained_[t].last; ++i) optimizer.move(i, *parameters_[i], parallel);
  }
}

std::vector<Tensor<float>> Sequential::snapshot() const {
  std::vector<Tensor<float>> values;
  for (const Parameter* parameter : parameters_) values.push_back(parameter->value);
  return values;
}

void Sequential::restore(std::span<const Tensor<float>> values) {
  check(values.size() == parameters_.size(), "a snapshot belongs to one network");
  for (std::size_t i = 0; i < values.size(); ++i) {
    check(values[i].shape() == parameters_[i]->value.shape(), "a snapshot belongs to one network");
    std::copy_n(values[i].data(), values[i].size(), parameters_[i]->value.data());
  }
}

}  // namespace m1bench

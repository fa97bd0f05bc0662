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
  if (workspace.outputs.empty()) {
    for (const Shape& shape : shapes_) workspace.outputs.emplace_back(with_batch(batch, shape));
  }
  return workspace;
}

const Tensor<float>& Sequential::forward(const Tensor<float>& x, Parallel& parallel) {
  std::vector<Tensor<float>>& outputs = workspace_for(x).outputs;
  for (std::size_t i = 0; i < layers_.size(); ++i) layers_[i]->forward(i == 0 ? x : outputs[i - 1], outputs[i], parallel);
  return outputs.back();
}

void Sequential::backward(const Tensor<float>& x, const Tensor<float>& d_y, Parallel& parallel) {
  auto& [outputs, gradients] = workspace_for(x);
  check(d_y.shape() == outputs.back().shape(), "the gradient has the shape of the output");
  gradients.resize(layers_.size());
  for (std::size_t i = layers_.size(); i-- > first_trained_;) {
    Tensor<float>* d_x = i > first_trained_ ? &gradients[i - 1] : nullptr;
    if (d_x) d_x->resize(outputs[i - 1].shape());
    const Tensor<float>& d_out = i + 1 == layers_.size() ? d_y : gradients[i];
    layers_[i]->backward(i == 0 ? x : outputs[i - 1], outputs[i], d_out, d_x, parallel);
  }
}

StepResult Sequential::train_step(const Tensor<float>& x, const Targets& targets, LossKind loss, Optimizer& optimizer,
                                  Parallel& parallel) {
  const Tensor<float>& y = forward(x, parallel);
  std::vector<Tensor<float>>& gradients = workspace_for(x).gradients;
  gradients.resize(layers_.size());
  gradients.back().resize(y.shape());
  const StepResult result = loss_and_gradient(loss, y, targets, gradients.back());
  backward(x, gradients.back(), parallel);
  optimizer.step(parameters_, parallel);
  return result;
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

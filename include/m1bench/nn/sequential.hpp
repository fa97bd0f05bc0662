// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "m1bench/core/observer.hpp"
#include "m1bench/nn/layer.hpp"
#include "m1bench/nn/loss.hpp"
#include "m1bench/nn/optimizer.hpp"
#include "m1bench/nn/temporaries.hpp"

namespace m1bench {

// Layers in a row. Activations and gradients are allocated for each batch size on first sight and kept, so that steady
// training, a short last batch included, allocates nothing; other ways can be chosen to measure what they cost.
//
//   Sequential network;
//   network.add<Dense>(784, 1024).add<Relu>().add<Dense>(1024, 10);
//   network.build({784}, seed);
class Sequential {
 public:
  template <class L, class... Arguments>
  Sequential& add(Arguments&&... arguments) {
    return add(std::make_unique<L>(std::forward<Arguments>(arguments)...));
  }
  // Prefixes the names of the layer's parameters: "dense_2/kernel" for the layer at position 2.
  Sequential& add(std::unique_ptr<Layer> layer);

  // Checks that the layers fit each other and sets all parameters to their start. May be called again, with another seed.
  // Throws Error(internal) naming the layer that cannot take what comes before it.
  void build(const Shape& input, std::uint64_t seed);

  // Where train_step() has its temporaries. Otherwise than kept, the parameters' gradients are gone after the step (fresh) or
  // unspecified after the next call (arena). An arena for batches of this size is allocated here, a greater one when needed.
  // Call it after build().
  void place_temporaries(Temporaries temporaries, std::int64_t batch);

  // Bytes allocated for fresh temporaries and arenas so far; kept ones are not counted.
  std::uint64_t allocated_bytes() const { return allocated_bytes_; }

  const Shape& input_shape() const { return input_shape_; }  // both per sample, and valid after build
  const Shape& output_shape() const { return shapes_.back(); }
  std::span<Parameter* const> parameters() const { return parameters_; }  // layer by layer, kernel before bias

  // x is (batch, input_shape...). The output stays valid until the next call with the same batch size.
  const Tensor<float>& forward(const Tensor<float>& x, Parallel& parallel);

  // After forward(x): all parameters' gradients from that of the output. Stops at the first layer that has parameters;
  // nothing computes the gradient by x.
  void backward(const Tensor<float>& x, const Tensor<float>& d_y, Parallel& parallel);

  // Forward, loss, backward, and one step of the optimizer. The result is of the state before the step.
  StepResult train_step(const Tensor<float>& x, const Targets& targets, LossKind loss, Optimizer& optimizer, Parallel& parallel);

  // What train_step() is made of for a batch of that size, in order: layers forward, the loss, layers backward, and the update of
  // each layer that has parameters. Call it after build() and place_temporaries().
  std::vector<OperationInfo> operations(std::int64_t batch, const Optimizer& optimizer) const;

  // From now on tells `observer` (null: nobody) of these operations, numbered from `first` on.
  void observe(OperationObserver* observer, std::size_t first = 0) {
    observer_ = observer;
    first_operation_ = first;
  }

  // The values of all parameters, and the way back, which copies in place.
  std::vector<Tensor<float>> snapshot() const;
  void restore(std::span<const Tensor<float>> values);

 private:
  struct Workspace {
    std::vector<Tensor<float>> outputs;    // of each layer
    std::vector<Tensor<float>> gradients;  // of the loss by these; allocated by the first backward pass
    std::vector<Temporary> temporaries;    // all of a training step, unless they are kept
    std::int64_t arena_elements = 0;
  };
  // Of one layer, in the order of its parameters, which are `first` to `last` of all.
  struct Trained {
    std::size_t layer = 0, first = 0, last = 0;
  };
  std::size_t forward_operation(std::size_t layer) const { return first_operation_ + layer; }
  std::size_t loss_operation() const { return forward_operation(layers_.size()); }
  std::size_t backward_operation(std::size_t layer) const { return loss_operation() + layers_.size() - layer; }
  std::size_t update_operation(std::size_t trained) const { return backward_operation(first_trained_) + 1 + trained; }
  bool moves_in_backward(const Optimizer& optimizer) const;
  void update(Optimizer& optimizer, Parallel& parallel);

  Workspace& workspace_for(const Tensor<float>& x);
  Workspace& planned_workspace(std::int64_t batch);
  void provide_temporaries(Workspace& workspace);

  std::vector<std::unique_ptr<Layer>> layers_;
  Shape input_shape_;
  std::vector<Shape> shapes_;  // per sample, of each layer's output
  std::vector<Parameter*> parameters_;
  std::size_t first_trained_ = 0;  // the first layer that has parameters
  std::vector<Trained> trained_;   // all of these
  OperationObserver* observer_ = nullptr;
  std::size_t first_operation_ = 0;
  std::map<std::int64_t, Workspace> workspaces_;
  Temporaries placement_ = Temporaries::kept;
  Tensor<float> arena_;
  std::uint64_t allocated_bytes_ = 0;
};

}  // namespace m1bench

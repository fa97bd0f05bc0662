// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "m1bench/kernels/parallel.hpp"
#include "m1bench/nn/layer.hpp"

namespace m1bench {

// Moves parameters against their gradients. An optimizer serves one network: every step gets the same list. Results do not
// depend on the number of threads.
class Optimizer {
 public:
  virtual ~Optimizer() = default;
  // One step: begin_step(), then move() for each parameter in its order, as whoever has more to do between them may call them.
  void step(std::span<Parameter* const> parameters, Parallel& parallel);
  virtual void begin_step(std::span<Parameter* const> /*parameters*/) {}
  virtual void move(std::size_t index, Parameter& parameter, Parallel& parallel) = 0;
  // Read and written by move().
  virtual double bytes_per_element() const = 0;
  // The rate, if a step is value -= rate * gradient and nothing else.
  virtual std::optional<float> plain_rate() const { return std::nullopt; }
  // Forgets all steps but keeps its memory: what follows is as if nothing had come before.
  virtual void reset() {}
};

// value -= rate * gradient. One pass: 12 bytes and 2 flop per element. Leaves out what the backward pass has moved already.
class Sgd final : public Optimizer {
 public:
  explicit Sgd(double rate = 0.01) : rate_(static_cast<float>(rate)) {}
  void move(std::size_t index, Parameter& parameter, Parallel& parallel) override;
  double bytes_per_element() const override { return 12; }
  std::optional<float> plain_rate() const override { return rate_; }

 private:
  float rate_;
};

// Adam as Keras computes it, with epsilon outside the root; in step t = 1, 2, ...
//   m += (1 - beta1) (g - m),  v += (1 - beta2) (g^2 - v),  value -= alpha_t m / (sqrt(v) + epsilon),
//   alpha_t = rate sqrt(1 - beta2^t) / (1 - beta1^t).
// One pass: 28 bytes per element. Source: Kingma and Ba, "Adam", ICLR 2015, the end of section 2.
class Adam final : public Optimizer {
 public:
  struct Options {
    double rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7;
  };
  Adam() : Adam(Options{}) {}
  explicit Adam(const Options& options) : options_(options) {}
  void begin_step(std::span<Parameter* const> parameters) override;
  void move(std::size_t index, Parameter& parameter, Parallel& parallel) override;
  double bytes_per_element() const override { return 28; }
  void reset() override;

 private:
  struct Moments {
    Tensor<float> first, second;
  };
  Options options_;
  float alpha_ = 0;  // of the step under way
  double beta1_power_ = 1, beta2_power_ = 1;  // beta^t by repeated product, which is the same everywhere; pow is not
  std::vector<Moments> moments_;              // one for each parameter, allocated by the first step
};

}  // namespace m1bench

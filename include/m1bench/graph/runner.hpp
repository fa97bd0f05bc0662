// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "m1bench/core/observer.hpp"
#include "m1bench/graph/graph.hpp"
#include "m1bench/tensor/tensor.hpp"

namespace m1bench {

// When a tensor is needed, counted in operators, both ends included.
struct Lifetime {
  std::size_t bytes = 0;
  int first = 0, last = 0;
};

// Where each goes in one block of memory such that those alive together do not overlap. Multiples of 64 bytes. The largest are
// placed first, each at the lowest place that is free: near the best in practice, and found in quadratic time.
struct ArenaPlan {
  std::vector<std::size_t> offsets;
  std::size_t bytes = 0;
};
ArenaPlan plan_arena(std::span<const Lifetime> lifetimes);

// Runs a validated graph, which must outlive it, as must its constants; they must be aligned as their types are. All memory is
// taken at construction; run() allocates nothing and, the input being kept, computes the same again.
class GraphRunner {
 public:
  explicit GraphRunner(const Graph& graph);  // throws std::bad_alloc
  GraphRunner(const GraphRunner&) = delete;
  GraphRunner& operator=(const GraphRunner&) = delete;

  std::span<std::byte> input();
  std::span<const std::byte> output() const;
  void run();

  // What run() is made of, in order: "CONV_2D 0", and "CONV_2D 0 + MAX_POOL_2D 1" for two that are computed together.
  std::vector<OperationInfo> operations() const;
  // From now on tells `observer` (null: nobody) of these.
  void observe(OperationObserver* observer) { observer_ = observer; }

  std::size_t arena_bytes() const { return arena_.size(); }

 private:
  const Graph& graph_;
  Tensor<std::uint8_t> arena_;
  std::vector<std::byte*> data_;  // of each tensor; constants are never written
  struct JoinedStep {
    std::size_t op = 0;
    int pool = -1;  // the operator that is computed with it
  };
  std::vector<std::function<void()>> steps_;
  std::vector<JoinedStep> parts_;  // what each step is of
  OperationObserver* observer_ = nullptr;
};

}  // namespace m1bench

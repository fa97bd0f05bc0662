// SPDX-License-Identifier: Apache-2.0
#include "m1bench/graph/runner.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "graph/joins.hpp"
#include "graph/steps.hpp"
#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

constexpr std::size_t kAlignment = 64;  // of a cache line

std::size_t aligned(std::size_t bytes) { return (bytes + kAlignment - 1) / kAlignment * kAlignment; }

bool overlap(const Lifetime& a, const Lifetime& b) { return a.first <= b.last && b.first <= a.last; }

// Of each tensor; those of constants have no bytes, nor has what a join passes on. The input and the output live throughout, so
// that runs can be repeated and what they gave be read.
std::vector<Lifetime> lifetimes_of(const Graph& graph, const Joins& joins) {
  std::vector<Lifetime> lifetimes(graph.tensors.size());
  const auto last = static_cast<int>(graph.operators.size());
  for (int i = 0; i < last; ++i) {
    const Operator& op = graph.operators[static_cast<std::size_t>(i)];
    if (joins.done[static_cast<std::size_t>(i)]) continue;  // written with the convolution that it belongs to
    const int pool = joins.pool_of[static_cast<std::size_t>(i)];
    const auto output = static_cast<std::size_t>(
        pool == kNotJoined ? op.output : graph.operators[static_cast<std::size_t>(pool)].output);
    lifetimes[output] = {bytes_of(graph.tensors[output]), i, i};
    for (const int input : op.inputs) {
      if (input != kNoTensor) lifetimes[static_cast<std::size_t>(input)].last = i;
    }
  }
  const auto input = static_cast<std::size_t>(graph.input);
  lifetimes[input] = {bytes_of(graph.tensors[input]), 0, last};
  lifetimes[static_cast<std::size_t>(graph.output)].last = last;
  return lifetimes;
}

}  // namespace

ArenaPlan plan_arena(std::span<const Lifetime> lifetimes) {
  std::vector<std::size_t> order(lifetimes.size());
  std::iota(order.begin(), order.end(), 0);
  std::erase_if(order, [&](std::size_t i) { return lifetimes[i].bytes == 0; });
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return lifetimes[a].bytes > lifetimes[b].bytes; });
  ArenaPlan plan{std::vector<std::size_t>(lifetimes.size()), 0};
  std::vector<std::size_t> placed;  // by offset
  for (const std::size_t next : order) {
    std::size_t offset = 0;
    for (const std::size_t other : placed) {
      if (!overlap(lifetimes[next], lifetimes[other])) continue;
      if (plan.offsets[other] >= offset + lifetimes[next].bytes) break;
      offset = std::max(offset, aligned(plan.offsets[other] + lifetimes[other].bytes));
    }
    plan.offsets[next] = offset;
    plan.bytes = std::max(plan.bytes, aligned(offset + lifetimes[next].bytes));
    const auto behind = [&](std::size_t o, std::size_t other) { return o < plan.offsets[other]; };
    placed.insert(std::upper_bound(placed.begin(), placed.end(), offset, behind), next);
  }
  return plan;
}

GraphRunner::GraphRunner(const Graph& graph) : graph_(graph), data_(graph.tensors.size()) {
  const Joins joins = find_joins(graph);
  const ArenaPlan plan = plan_arena(lifetimes_of(graph, joins));
  arena_ = Tensor<std::uint8_t>(Shape{static_cast<std::int64_t>(plan.bytes)});
  for (std::size_t i = 0; i < data_.size(); ++i) {
    const GraphTensor& tensor = graph.tensors[i];
    if (tensor.constant.empty()) {
      data_[i] = reinterpret_cast<std::byte*>(arena_.data()) + plan.offsets[i];
    } else {
      data_[i] = const_cast<std::byte*>(tensor.constant.data());
      check(reinterpret_cast<std::uintptr_t>(data_[i]) % size_of(tensor.dtype) == 0, "a constant is aligned as its type is");
    }
  }
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    const int pool = joins.pool_of[i];
    if (joins.done[i]) continue;
    parts_.push_back({i, pool});
    steps_.push_back(make_step(graph, graph.operators[i], data_,
                               pool == kNotJoined ? nullptr : &graph.operators[static_cast<std::size_t>(pool)]));
  }
}

std::span<std::byte> GraphRunner::input() {
  const auto index = static_cast<std::size_t>(graph_.input);
  return {data_[index], bytes_of(graph_.tensors[index])};
}

std::span<const std::byte> GraphRunner::output() const {
  const auto index = static_cast<std::size_t>(graph_.output);
  return {data_[index], bytes_of(graph_.tensors[index])};
}

void GraphRunner::run() {
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const ObservedOperation observed(observer_, i);
    steps_[i]();
  }
}

std::vector<OperationInfo> GraphRunner::operations() const {
  const auto name_at = [&](std::size_t i) { return std::string(name_of(graph_.operators[i].kind)) + " " + std::to_string(i); };
  std::vector<OperationInfo> list;
  for (const JoinedStep& part : parts_) {
    const Operator& op = graph_.operators[part.op];
    const auto pool = static_cast<std::size_t>(part.pool);
    const bool joined = part.pool != kNotJoined;
    const GraphTensor& x = graph_.tensors[static_cast<std::size_t>(op.inputs[0])];
    const int output = joined ? graph_.operators[pool].output : op.output;
    list.push_back({.name = name_at(part.op) + (joined ? " + " + name_at(pool) : ""),
                    .kind = std::string(name_of(op.kind)),
                    .pass = Pass::forward,
                    .dtype = name_of(x.dtype),
                    .cost = {flop_of(graph_, op), bytes_moved_by(graph_, op, output)}});
  }
  return list;
}

}  // namespace m1bench

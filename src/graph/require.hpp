// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "m1bench/core/error.hpp"
#include "m1bench/graph/graph.hpp"

namespace m1bench {

// Conditions on one part of a graph: what does not hold is Error(data) "<part> <what>".
class Require {
 public:
  explicit Require(std::string part) : part_(std::move(part)) {}
  void operator()(bool condition, const std::string& what) const {
    if (!condition) throw Error(ErrorKind::data, part_ + " " + what);
  }

 private:
  std::string part_;
};

// That one operator's types, shapes, quantisation and attributes fit together; its tensors must exist.
void validate_operator(const Graph& graph, std::size_t index);

}  // namespace m1bench

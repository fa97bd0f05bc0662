// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "m1bench/graph/graph.hpp"
#include "m1bench/kernels/windowed.hpp"

namespace m1bench {

// What an operator's shapes and attributes mean to its kernel. The ranks must be right.
Windows windows_of(const Graph& graph, const Operator& op);   // of a convolution or a pool
DenseShape dense_of(const Graph& graph, const Operator& op);  // of a fully-connected layer

// The scale that an int8 sum of products of output channel k is multiplied by.
double output_factor(const Graph& graph, const Operator& op, std::int64_t k);

// The numbers an activation leaves, and the int8 that stand for them in tensor `y`.
FloatOutput range_of(Activation activation);
Range8 range_of(Activation activation, const GraphTensor& y);

}  // namespace m1bench

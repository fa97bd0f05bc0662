// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "m1bench/graph/graph.hpp"

// A validated graph as one file that every worker maps read-only: a header of 64 bytes, then tensors and operators as
// little-endian words, then the constants, each at a multiple of 64 bytes. Like a packed data set it lives for one session, so
// its format has no history.
namespace m1bench {

std::string pack_graph(const Graph& graph);

// The graph in `file`, which must begin at a multiple of 64 bytes (a mapping does); its constants are views into it. Throws
// Error(data) unless the header is ours, every size agrees with the bytes there are, and the graph is valid.
Graph view_packed_graph(std::span<const std::byte> file);

}  // namespace m1bench

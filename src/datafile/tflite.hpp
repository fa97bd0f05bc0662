// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "datafile/named_bytes.hpp"

namespace m1bench {

inline constexpr std::uint64_t kMaxTfliteBytes = std::uint64_t{1} << 30;

// The graph of a TensorFlow Lite model, packed for workers (graph/packed_graph.hpp). Takes format version 3 with one subgraph
// of one input and one output, in f32, int8 or both; constants are copied once. Throws Error(data) naming the file, the operator
// or tensor and the reason for anything else: not such a file, an offset that leads out of it, an operator, a version or an
// attribute that is not supported, a graph that validate() refuses.
std::string pack_tflite(const NamedBytes& file);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "datafile/tflite.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/graph/packed_graph.hpp"
#include "m1bench/graph/reference.hpp"
#include "m1bench/graph/runner.hpp"

// Whatever is accepted comes back from its packed form as it is, and runs if it is small enough to wait for: to the right answer, or
// there is none in single precision.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace m1bench;
  try {
    const std::string packed = pack_tflite({"model", {reinterpret_cast<const char*>(data), size}});
    Tensor<std::uint8_t> mapped(Shape{static_cast<std::int64_t>(packed.size())});
    std::memcpy(mapped.data(), packed.data(), packed.size());
    const Graph graph = view_packed_graph(std::as_bytes(mapped.span()));
    if (pack_graph(graph) != packed) std::abort();
    std::int64_t elements = 0;
    for (const GraphTensor& tensor : graph.tensors) elements += tensor.shape.elements();
    const auto slow = [](const Operator& op) { return op.window_h * op.window_w > 100; };
    if (elements > 1 << 20 || flop_of(graph) > 1e7 || std::any_of(graph.operators.begin(), graph.operators.end(), slow)) return 0;
    GraphRunner runner(graph);
    std::fill(runner.input().begin(), runner.input().end(), std::byte{3});
    runner.run();
    const GraphTensor& y = graph.tensors[static_cast<std::size_t>(graph.output)];
    if (!compare({y.dtype, y.shape, runner.output()}, reference_run(graph, runner.input())).ok()) std::abort();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data) std::abort();
  }
  return 0;
}

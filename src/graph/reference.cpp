// SPDX-License-Identifier: Apache-2.0
#include "m1bench/graph/reference.hpp"

#include "graph/bounded.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

// All tensors of a graph, one operator after the other.
class Evaluation {
 public:
  Evaluation(const Graph& graph, std::span<const std::byte> x) : graph_(graph), values_(graph.tensors.size()) {
    load(graph.input, x);
  }

  const BoundedValues& run() {
    const std::vector<std::size_t> last_use = last_uses();
    for (std::size_t i = 0; i < graph_.operators.size(); ++i) {
      const Operator& op = graph_.operators[i];
      BoundedValues y = result_of(op);
      require_finite(i, y);
      values(op.output) = std::move(y);
      for (const int input : op.inputs) {
        if (input != kNoTensor && last_use[static_cast<std::size_t>(input)] == i) values(input) = {};
      }
    }
    return values(graph_.output);
  }

 private:
  BoundedValues& values(int index) { return values_[static_cast<std::size_t>(index)]; }

  // By tensor, as an index of an operator.
  std::vector<std::size_t> last_uses() const {
    std::vector<std::size_t> last_use(values_.size(), 0);
    for (std::size_t i = 0; i < graph_.operators.size(); ++i) {
      for (const int input : graph_.operators[i].inputs) {
        if (input != kNoTensor) last_use[static_cast<std::size_t>(input)] = i;
      }
    }
    last_use[static_cast<std::size_t>(graph_.output)] = graph_.operators.size();
    return last_use;
  }

  void load(int index, std::span<const std::byte> bytes) {
    const GraphTensor& tensor = graph_.tensors[static_cast<std::size_t>(index)];
    for (const double number : numbers_in(tensor.dtype, bytes)) values(index).push_back({number, 0});
  }

  const BoundedValues& operand(const Operator& op, std::size_t i) {
    const int index = op.inputs[i];
    if (values(index).empty()) load(index, graph_.tensors[static_cast<std::size_t>(index)].constant);
    return values(index);
  }

  BoundedValues result_of(const Operator& op) {
    const BoundedValues& x = operand(op, 0);
    switch (op.kind) {
      case OperatorKind::conv2d:
      case OperatorKind::depthwise_conv2d:
      case OperatorKind::fully_connected: return bounded_products(graph_, op, x);
      case OperatorKind::max_pool2d:
      case OperatorKind::average_pool2d: return bounded_pool(graph_, op, x);
      case OperatorKind::reshape: return x;
      case OperatorKind::softmax: return bounded_softmax(graph_, op, x);
      case OperatorKind::relu: return bounded_relu(graph_, op, Activation::relu, x);
      case OperatorKind::relu6: return bounded_relu(graph_, op, Activation::relu6, x);
      case OperatorKind::relu_n1_to_1: return bounded_relu(graph_, op, Activation::relu_n1_to_1, x);
      case OperatorKind::add: return bounded_add(graph_, op, x, operand(op, 1));
      case OperatorKind::quantize: return bounded_quantize(graph_, op, x);
      case OperatorKind::dequantize: return bounded_dequantize(graph_, op, x);
    }
    return {};
  }

  void require_finite(std::size_t index, const BoundedValues& y) const {
    const auto holds = [](const Bounded& number) { return std::abs(number.value) + number.bound <= kLargest; };
    if (std::all_of(y.begin(), y.end(), holds)) return;
    throw Error(ErrorKind::data, "the model's " + place_of(graph_, index) +
                                     " computes numbers that single precision cannot hold, so that no answer is right; check its weights");
  }

  const Graph& graph_;
  std::vector<BoundedValues> values_;  // of each tensor, while it is needed
};

// Rounded up, so that single precision never makes it smaller; what is a float stays so.
float as_bound(double bound) {
  const auto near = static_cast<float>(bound);
  return static_cast<double>(near) >= bound ? near : std::nextafter(near, std::numeric_limits<float>::infinity());
}

}  // namespace

Reference reference_run(const Graph& graph, std::span<const std::byte> x) {
  Reference reference;
  Evaluation evaluation(graph, x);
  for (const Bounded& number : evaluation.run()) {
    reference.values.push_back(number.value);
    reference.bounds.push_back(as_bound(number.bound));
  }
  return reference;
}

}  // namespace m1bench

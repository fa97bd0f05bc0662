// SPDX-License-Identifier: Apache-2.0
// Operators that slide windows over images, and products of matrices.
#include <cstdint>
#include <cstring>

#include "graph/bounded.hpp"
#include "graph/geometry.hpp"

namespace m1bench {
namespace {

// A pixel of the image that a window covers, and its place in the window.
struct Tap {
  std::size_t pixel, place;
};

// Calls body(index of the window, its taps inside the image) for every window.
template <class Body>
void for_each_window(const Windows& windows, const Body& body) {
  const WindowAxis &height = windows.height, &width = windows.width;
  std::vector<Tap> taps;
  for (std::int64_t window = 0; window < windows.n * height.out() * width.out(); ++window) {
    const std::int64_t ox = window % width.out(), oy = window / width.out() % height.out(), n = window / width.out() / height.out();
    taps.clear();
    for (std::int64_t place = 0; place < height.window * width.window; ++place) {
      const std::int64_t y = oy * height.stride - height.before() + place / width.window * height.dilation;
      const std::int64_t x = ox * width.stride - width.before() + place % width.window * width.dilation;
      if (y < 0 || y >= height.extent || x < 0 || x >= width.extent) continue;
      taps.push_back({static_cast<std::size_t>((n * height.extent + y) * width.extent + x), static_cast<std::size_t>(place)});
    }
    body(static_cast<std::size_t>(window), taps);
  }
}

// Sums of int8 products wrap at 32 bits. No such sum has more than the 53 bits that are exact here.
double wrapped(double sum) {
  return static_cast<double>(static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::int64_t>(sum))));
}

// One operator's weights, and what becomes of the sums of each of its output channels.
class Products {
 public:
  Products(const Graph& graph, const Operator& op, std::int64_t channels)
      : x_zero_(zero_of(tensor(graph, op.inputs[0]))), weights_(tensor(graph, op.inputs[1])) {
    const GraphTensor& y = tensor(graph, op.output);
    range_ = bounded_range(op.activation, y);
    if (op.inputs.size() > 2 && op.inputs[2] != kNoTensor) {
      bias_ = numbers_in(tensor(graph, op.inputs[2]).dtype, tensor(graph, op.inputs[2]).constant);
    }
    if (y.dtype != DType::i8) return;
    const bool fixed = op.kind != OperatorKind::fully_connected;
    for (std::int64_t k = 0; k < channels; ++k) rescales_.push_back({output_factor(graph, op, k), fixed, zero_of(y), range_});
  }

  std::size_t weights() const { return static_cast<std::size_t>(weights_.shape.elements()); }
  void add(SumOfProducts& sum, std::size_t i, Bounded x) const { sum.add(weight(i), {x.value - x_zero_, x.bound}); }

  Bounded finish(SumOfProducts sum, std::size_t k) const {
    const double bias = bias_.empty() ? 0 : bias_[k];
    if (!rescales_.empty()) return rescales_[k]({wrapped(sum.sum + bias), sum.uncertain});
    sum.sum += bias;
    sum.magnitude += std::abs(bias);
    return clamped(sum.in_float(sum.count + 1), range_);
  }

 private:
  static const GraphTensor& tensor(const Graph& graph, int index) { return graph.tensors[static_cast<std::size_t>(index)]; }

  // As they lie in the model: a copy in double precision might not fit into memory.
  double weight(std::size_t i) const {
    if (weights_.dtype == DType::i8) return static_cast<std::int8_t>(weights_.constant[i]);
    float value;
    std::memcpy(&value, weights_.constant.data() + i * sizeof value, sizeof value);
    return static_cast<double>(value);
  }

  double x_zero_;
  const GraphTensor& weights_;
  std::vector<double> bias_;
  std::vector<Rescale> rescales_;  // of int8
  BoundedRange range_;
};

void convolve(const Windows& windows, bool depthwise, std::size_t filters, const Products& products, const BoundedValues& x,
              BoundedValues& y) {
  const auto channels = static_cast<std::size_t>(windows.c), filter = products.weights() / filters;
  for_each_window(windows, [&](std::size_t window, const std::vector<Tap>& taps) {
    for (std::size_t k = 0; k < filters; ++k) {
      SumOfProducts sum;
      for (const Tap& tap : taps) {
        if (depthwise) {
          products.add(sum, tap.place * filters + k, x[tap.pixel * channels + k / (filters / channels)]);
        } else {
          for (std::size_t c = 0; c < channels; ++c) {
            products.add(sum, k * filter + tap.place * channels + c, x[tap.pixel * channels + c]);
          }
        }
      }
      y[window * filters + k] = products.finish(sum, k);
    }
  });
}

void connect(const DenseShape& shape, const Products& products, const BoundedValues& x, BoundedValues& y) {
  const auto in = static_cast<std::size_t>(shape.in), out = static_cast<std::size_t>(shape.out);
  for (std::size_t i = 0; i < y.size(); ++i) {
    SumOfProducts sum;
    for (std::size_t j = 0; j < in; ++j) products.add(sum, i % out * in + j, x[i / out * in + j]);
    y[i] = products.finish(sum, i % out);
  }
}

Bounded largest_of(const BoundedValues& x) {
  double top = -std::numeric_limits<double>::infinity(), low = top, high = top;
  for (const Bounded& one : x) {
    top = std::max(top, one.value);
    low = std::max(low, one.value - one.bound);
    high = std::max(high, one.value + one.bound);
  }
  return {top, std::max(high - top, top - low)};
}

// Of int8 rounded, halves away from zero.
Bounded mean_of(const BoundedValues& x, bool integer) {
  SumOfProducts sum;
  for (const Bounded& one : x) sum.add(1, one);
  const auto count = static_cast<double>(x.size());
  if (integer) return image([&](double s) { return std::round(s / count); }, {sum.sum, sum.uncertain});
  const Bounded all = sum.in_float(x.size());
  return {all.value / count, all.bound / count + kFlushed};
}

BoundedValues result_for(const Graph& graph, const Operator& op) {
  return BoundedValues(static_cast<std::size_t>(graph.tensors[static_cast<std::size_t>(op.output)].shape.elements()));
}

}  // namespace

BoundedValues bounded_products(const Graph& graph, const Operator& op, const BoundedValues& x) {
  BoundedValues y = result_for(graph, op);
  if (op.kind == OperatorKind::fully_connected) {
    const DenseShape shape = dense_of(graph, op);
    connect(shape, Products(graph, op, shape.out), x, y);
  } else {
    const std::int64_t filters = graph.tensors[static_cast<std::size_t>(op.output)].shape[3];
    convolve(windows_of(graph, op), op.kind == OperatorKind::depthwise_conv2d, static_cast<std::size_t>(filters),
             Products(graph, op, filters), x, y);
  }
  return y;
}

BoundedValues bounded_pool(const Graph& graph, const Operator& op, const BoundedValues& x) {
  const GraphTensor& y_tensor = graph.tensors[static_cast<std::size_t>(op.output)];
  const BoundedRange range = bounded_range(op.activation, y_tensor);
  const Windows windows = windows_of(graph, op);
  const auto channels = static_cast<std::size_t>(windows.c);
  BoundedValues y = result_for(graph, op), covered;
  for_each_window(windows, [&](std::size_t window, const std::vector<Tap>& taps) {
    for (std::size_t c = 0; c < channels; ++c) {
      covered.clear();
      for (const Tap& tap : taps) covered.push_back(x[tap.pixel * channels + c]);
      const bool largest = op.kind == OperatorKind::max_pool2d;
      y[window * channels + c] = clamped(largest ? largest_of(covered) : mean_of(covered, y_tensor.dtype == DType::i8), range);
    }
  });
  return y;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "bench/networks.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "bench/case_spec.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"
#include "m1bench/data/synthetic.hpp"
#include "m1bench/nn/layers.hpp"

namespace m1bench {
namespace {

void build_regression_mlp(Sequential& network) { network.add<Dense>(100, 10).add<Relu>().add<Dense>(10, 1); }

void build_mnist_mlp(Sequential& network) { network.add<Flatten>().add<Dense>(784, 1024).add<Relu>().add<Dense>(1024, 10); }

void build_mnist_cnn(Sequential& network) {
  network.add<Conv2d>(1, 32, 3, Padding::valid).add<Relu>().add<MaxPool2d>().add<Flatten>().add<Dense>(5408, 10);
}

void build_cifar_mlp(Sequential& network) {
  network.add<Flatten>().add<Dense>(3072, 3000).add<Relu>().add<Dense>(3000, 1000).add<Relu>().add<Dense>(1000, 10).add<Sigmoid>();
}

// A dense layer costs 2*batch*in*out for its output, its weights' gradient and its input's gradient each; the first layer
// with weights has no use for the last.
constexpr double dense_flop(std::int64_t batch, std::int64_t in, std::int64_t out, bool first) {
  return (first ? 4.0 : 6.0) * static_cast<double>(batch * in * out);
}
constexpr std::int64_t kBatch = 32;
const double kMnistConvolution = 2.0 * Conv2dShape{.n = kBatch, .h = 28, .w = 28, .c = 1, .k = 32}.flop();

}  // namespace

const std::vector<Network>& networks() {
  static const std::vector<Network> all{
      {.case_name = "train/regression-mlp", .loss = LossKind::mean_squared_error, .loss_name = "mean_squared_error",
       .optimizer_name = "adam", .batch = kBatch, .rows = 1000, .epochs = 10,
       .flop_per_step = dense_flop(kBatch, 100, 10, true) + dense_flop(kBatch, 10, 1, false),
       .sample = {100}, .data_set = "", .build = build_regression_mlp, .synthetic = synthetic_regression},
      {.case_name = "train/mnist-mlp", .loss = LossKind::sparse_categorical_crossentropy_from_logits,
       .loss_name = "sparse_categorical_crossentropy", .optimizer_name = "adam", .batch = kBatch, .rows = 60000, .epochs = 10,
       .flop_per_step = dense_flop(kBatch, 784, 1024, true) + dense_flop(kBatch, 1024, 10, false),
       .sample = {28, 28, 1}, .data_set = "mnist", .build = build_mnist_mlp, .synthetic = synthetic_mnist},
      {.case_name = "train/mnist-cnn", .loss = LossKind::sparse_categorical_crossentropy_from_logits,
       .loss_name = "sparse_categorical_crossentropy", .optimizer_name = "adam", .batch = kBatch, .rows = 1000, .epochs = 10,
       .flop_per_step = kMnistConvolution + dense_flop(kBatch, 5408, 10, false),
       .sample = {28, 28, 1}, .data_set = "mnist", .build = build_mnist_cnn, .synthetic = synthetic_mnist},
      {.case_name = "train/cifar-mlp", .loss = LossKind::categorical_crossentropy_on_sigmoid,
       .loss_name = "categorical_crossentropy", .optimizer_name = "sgd", .batch = kBatch, .rows = 50000, .epochs = 5,
       .flop_per_step = dense_flop(kBatch, 3072, 3000, true) + dense_flop(kBatch, 3000, 1000, false) + dense_flop(kBatch, 1000, 10, false),
       .sample = {32, 32, 3}, .data_set = "cifar10", .build = build_cifar_mlp, .synthetic = synthetic_cifar10},
  };
  return all;
}

const Network& network_named(std::string_view case_name) {
  const auto& all = networks();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Network& row) { return row.case_name == case_name; });
  if (found != all.end()) return *found;
  std::vector<std::string> names;
  for (const Network& row : all) names.emplace_back(row.case_name);
  const auto near = nearest(case_name, names);
  throw Error(ErrorKind::usage, "'" + std::string(case_name) + "' is not a training case" + (near ? "; did you mean '" + *near + "'?" : "") +
                                    " (`m1bench list cases`)");
}

const Network* network_trained_by(std::string_view case_name) {
  const CaseSpec* spec = find_case_spec(case_name);
  if (!spec) return nullptr;
  if (spec->family == "train") return &network_named(case_name);
  for (const auto& [name, value] : spec->parameters) {
    if (name == "network") return &network_named("train/" + value);
  }
  return nullptr;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "m1bench/data/dataset.hpp"
#include "m1bench/nn/loss.hpp"
#include "m1bench/nn/sequential.hpp"

namespace m1bench {

// The networks of the published experiments, one row each.
struct Network {
  const char* case_name;        // "train/cifar-mlp"
  LossKind loss;
  const char* loss_name;        // as Keras calls it
  const char* optimizer_name;   // "adam", "sgd"
  std::int64_t batch;
  std::int64_t rows;            // of the published experiment
  int epochs;                   // likewise
  double flop_per_step;         // products only, forward and backward, without the gradient of the input
  Shape sample;                 // of one row of its data set
  std::string_view data_set;    // the real one it was published with: "mnist", "cifar10"; "" for random numbers
  void (*build)(Sequential& network);
  Dataset (*synthetic)(std::int64_t rows, std::int64_t first_row, std::uint64_t seed);
};
const std::vector<Network>& networks();
const Network& network_named(std::string_view case_name);  // throws Error(usage)

// What a case trains: itself, or the network of its parameter "network". Null if it trains nothing.
const Network* network_trained_by(std::string_view case_name);

}  // namespace m1bench

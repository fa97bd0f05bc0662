// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "bench/workload.hpp"

namespace m1bench {

// Running means over the samples of an epoch, as Keras prints them.
struct EpochResult {
  std::uint64_t samples = 0;
  double loss = 0;
  std::optional<double> accuracy;  // of classifiers
};

// Trains one of the published networks for real: epochs over all rows, shuffled by the seed.
class Trainer {
 public:
  // With `hold_out`, rows that are never trained on are kept for evaluate(): the synthetic set's next sixth.
  Trainer(const std::string& case_name, const WorkloadOptions& options, bool hold_out);
  ~Trainer();

  // One epoch, or only its first `steps` batches if that is not 0.
  EpochResult run_epoch(std::uint64_t steps);

  // Loss and accuracy over the held-out rows, without training.
  EpochResult evaluate();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace m1bench

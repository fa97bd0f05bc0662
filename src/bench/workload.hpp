// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bench/case_spec.hpp"
#include "m1bench/core/observer.hpp"
#include "m1bench/data/dataset.hpp"
#include "m1bench/kernels/parallel.hpp"
#include "m1bench/tensor/array.hpp"
#include "m1bench/tensor/compare.hpp"

namespace m1bench {

// One case made ready to run: inputs filled from a seed, outputs allocated. Nothing in loop() depends on the clock, and only
// what is about memory allocates more than the odd list, so that every loop does the same work.
class Workload {
 public:
  virtual ~Workload() = default;

  // Back to the state after construction; what follows computes the same again. Called before every slot, untimed.
  virtual void reset() {}

  // What is timed.
  virtual void loop() = 0;

  // Everything the answer depends on, in the order and under the names in which a dump stores it.
  virtual std::vector<NamedArray> inputs() = 0;

  // What the loops since the last reset computed: the output of a kernel, or the losses of the first training steps.
  virtual NamedArray answer() = 0;

  // The right answer, for cases that have one of their own. Training cases have none: their losses are compared between
  // targets instead.
  virtual std::optional<Reference> reference() { return std::nullopt; }

  // What a loop is made of, and whom it tells of it from now on (null: nobody). Empty for one that is a single operation, which
  // tells nobody.
  virtual std::vector<OperationInfo> operations() const { return {}; }
  virtual void observe(OperationObserver* /*observer*/) {}

  // Bytes allocated for temporaries since construction, of cases that count them.
  virtual std::optional<std::uint64_t> allocated_bytes() const { return std::nullopt; }

  // A hash that identifies the computation whatever the number of loops: of a kernel's output, of a network's first loss.
  virtual std::uint64_t output_checksum();
};

struct WorkloadOptions {
  std::uint64_t seed = 0;
  const DatasetView* data = nullptr;  // a real data set for training; null: the synthetic one
  std::span<const std::byte> model{};  // a packed graph (graph/packed_graph.hpp) that outlives the workload; of cases that run one
  std::span<std::byte> memory{};      // where a case may put what shared_bytes() says; smaller: it takes memory of its own
  Parallel* parallel = nullptr;       // required
  std::function<void()> on_thread_start;  // runs first in each thread that a case starts beside the team
};

// How much memory a case would have in common with the same case on other targets: its arrays, where those are large, all of its
// state, and written by every target alike (inputs once, the output whole in each loop). 0 where any of that is not so.
std::uint64_t shared_bytes(const CaseSpec& spec);

// Throws Error(usage) for a name the catalogue does not have.
std::unique_ptr<Workload> make_workload(const std::string& case_name, const WorkloadOptions& options);

// The workload's operations, or the loop as a whole, by what the catalogue and its arrays say of it.
std::vector<OperationInfo> operations_of(const CaseSpec& spec, Workload& workload, int threads);

// Hash of all inputs: bytes and shapes.
std::uint64_t input_checksum(Workload& workload);

// How many training steps a verification compares at most.
inline constexpr std::uint64_t kVerifiedSteps = 20;

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "bench/training.hpp"
#include "bench/workload.hpp"
#include "platform/affinity.hpp"
#include "platform/files.hpp"
#include "platform/shared_memory.hpp"
#include "result/wire.hpp"

namespace m1bench {

// What a worker holds between requests: one prepared case.
class WorkerSession {
 public:
  // What goes wrong is thrown.
  Reply answer(const Request& request);

 private:
  Reply prepare(const Request& request);
  Reply reference(const Request& request);
  Reply verify(const Request& request);
  Reply run(const Request& request);
  Reply dump(const Request& request);
  Reply train(const Request& request);
  Reply evaluate();
  Reply profile(const Request& request);
  Workload& workload();

  std::unique_ptr<PinnedThread> caller_;  // where the team keeps it
  std::unique_ptr<Parallel> parallel_;
  std::unique_ptr<SharedMapping> memory_;
  std::unique_ptr<MappedFile> data_file_, evaluation_file_, model_file_;
  DatasetView data_, evaluation_data_;
  const CaseSpec* spec_ = nullptr;
  std::unique_ptr<Workload> workload_;  // of a case that is timed
  std::unique_ptr<Trainer> trainer_;    // of a case that is trained
};

// What this process proves of itself in `hello`.
Hello say_hello();

}  // namespace m1bench

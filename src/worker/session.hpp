// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "bench/workload.hpp"
#include "platform/files.hpp"
#include "result/wire.hpp"

namespace m1bench {

// What a worker holds between requests: one prepared case.
class WorkerSession {
 public:
  // Answers one request through `send`: exactly one reply, for `train` one per epoch. What goes wrong is thrown.
  void answer(const Request& request, const std::function<void(const Reply&)>& send);

 private:
  Reply prepare(const Request& request);
  Reply reference(const Request& request);
  Reply verify(const Request& request);
  Reply run(const Request& request);
  Reply dump(const Request& request);
  void train(const Request& request, const std::function<void(const Reply&)>& send);
  Workload& workload();
  const DatasetView* data() const { return mapped_ ? &data_ : nullptr; }

  std::string case_name_;
  std::uint64_t seed_ = 0;
  std::unique_ptr<Parallel> parallel_;
  std::unique_ptr<MappedFile> mapped_;
  DatasetView data_;
  std::unique_ptr<Workload> workload_;
};

// What this process proves of itself in `hello`.
Hello say_hello();

}  // namespace m1bench

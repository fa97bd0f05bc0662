// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "platform/counters.hpp"
#include "result/model.hpp"
#include "result/wire.hpp"

namespace m1bench {

// Why a worker can no longer be asked, or would not do what it was asked: a row of the report.
struct Death {
  std::string cause;   // "killed by SIGILL in `run`"
  std::string remedy;  // what the user can do about it; may be empty
  bool interrupted = false;  // the driver itself was told to stop; not the worker's fault
  bool wrong = false;        // it goes on, but its answer changed
};

template <class T>
using OrDeath = std::variant<T, Death>;

// One running worker. After a Death it is gone (or gives up its case) and only quit() may follow.
class Worker {
 public:
  virtual ~Worker() = default;
  virtual const Hello& hello() const = 0;
  // Sends the request and waits for its reply; a reply that reports an error is a Death too.
  virtual OrDeath<Reply> ask(const Request& request, double timeout_s) = 0;
  // What the system counted for it so far, for a worker that waits to be asked; empty where nothing is counted.
  virtual ProcessCounters counters() { return {}; }
  // Ends the worker, kindly if it answers.
  virtual void quit() = 0;
};

// Where workers come from: processes, or the fake that tests put in their place.
class WorkerFactory {
 public:
  virtual ~WorkerFactory() = default;
  // A worker that has proved to be what `target` says, pinned to `cpus` where the OS can.
  virtual OrDeath<std::unique_ptr<Worker>> start(const Target& target, const std::vector<int>& cpus, double timeout_s) = 0;
};

}  // namespace m1bench

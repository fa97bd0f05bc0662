// SPDX-License-Identifier: Apache-2.0
#include "worker/worker.hpp"

#include <exception>
#include <iostream>
#include <new>
#include <string>

#include "m1bench/core/error.hpp"
#include "platform/host.hpp"
#include "platform/terminal.hpp"
#include "worker/session.hpp"
#include "worker/slice.hpp"

namespace m1bench {
namespace {

// One request, answered whatever happens: a case that fails leaves a worker that can be told to quit.
bool serve(WorkerSession& session, const std::string& line, const std::function<void(const Reply&)>& send) {
  Reply failed;
  try {
    const Request request = decode_request(line);
    if (request.verb == Verb::quit) return false;
    session.answer(request, send);
    return true;
  } catch (const std::bad_alloc&) {
    failed.error = "out of memory";
  } catch (const std::exception& error) {
    failed.error = error.what();
  }
  send(failed);
  return true;
}

}  // namespace

int run_worker() {
  const int out = claim_standard_output();
  const auto send = [out](const Reply& reply) { write_all(out, encode(reply) + "\n"); };
  try {
    execute_tier_instructions();
    prefer_fast_cores();
    Reply greeting;
    greeting.hello = say_hello();
    send(greeting);
  } catch (const std::exception& error) {
    Reply refusal;
    refusal.error = error.what();
    send(refusal);
    return 1;
  }
  WorkerSession session;
  std::string line;
  while (std::getline(std::cin, line)) {
    if (!serve(session, line, send)) return 0;
  }
  return 0;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "worker/worker.hpp"

#include <exception>
#include <iostream>
#include <new>
#include <optional>
#include <string>

#include "m1bench/core/error.hpp"
#include "platform/host.hpp"
#include "platform/terminal.hpp"
#include "worker/session.hpp"
#include "worker/slice.hpp"

namespace m1bench {
namespace {

// The reply to one request, nothing for `quit`. A case that fails leaves a worker that can still be asked.
std::optional<Reply> serve(WorkerSession& session, const std::string& line) {
  Reply failed;
  try {
    const Request request = decode_request(line);
    if (request.verb == Verb::quit) return std::nullopt;
    return session.answer(request);
  } catch (const std::bad_alloc&) {
    failed.error = "out of memory";
  } catch (const std::exception& error) {
    failed.error = error.what();
  }
  return failed;
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
    const auto reply = serve(session, line);
    if (!reply) return 0;
    send(*reply);
  }
  return 0;
}

}  // namespace m1bench

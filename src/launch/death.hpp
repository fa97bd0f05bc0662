// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "launch/worker_client.hpp"
#include "platform/process.hpp"

// Turning what was seen of a dead or lying worker into a cause and a remedy. Pure.
namespace m1bench {

// What a child wrote, fit for a sentence: the first `longest` bytes, with a space for every control character.
std::string plain_text(std::string_view text, std::size_t longest);

// The worker stopped answering: `during` is "start-up" or the name of the request.
struct LastSeen {
  ReadStatus status = ReadStatus::end;
  ChildExit exit;
  std::string error_tail;  // the end of its standard error
  std::string partial;     // what it had written of an answer
  std::string during;
  double timeout_s = 0;
};
Death explain_death(const Target& target, const LastSeen& seen);

// Spawning failed before any code of the worker ran.
Death explain_spawn_error(const Target& target, const Child::SpawnError& error);

// A Hello that is not what was asked for, or nothing if it is.
std::optional<Death> refuse(const Target& target, const Hello& hello, const std::string& own_build_id);

}  // namespace m1bench

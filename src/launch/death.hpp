// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "launch/executable.hpp"
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
// `file` is what the worker's own file holds (worker_file), nothing if it cannot be read.
Death explain_death(const Target& target, const LastSeen& seen, const std::optional<ExecutableFile>& file = std::nullopt);

// Spawning failed before any code of the worker ran. `file` is what the first word of the command names.
Death explain_spawn_error(const Target& target, const Child::SpawnError& error,
                          const std::optional<ExecutableFile>& file = std::nullopt);

// The word of a target's command that names the slice's own file: the one before `worker`. "" if there is none.
std::string worker_file(const Target& target);

// macOS says "Bad CPU type in executable" both of a file without the architecture that was asked for and of one with it that
// nothing here can translate. What the file holds decides which of the two it is.
Death explain_bad_cpu_type(const Target& target, const std::string& path, const std::optional<ExecutableFile>& file);

// A Hello that is not what was asked for, or nothing if it is.
std::optional<Death> refuse(const Target& target, const Hello& hello, const std::string& own_build_id);

}  // namespace m1bench

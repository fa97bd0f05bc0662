// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace m1bench {

// What went wrong, as far as the caller must tell it apart; app/exit_code.hpp maps each kind to an exit code.
enum class ErrorKind {
  usage,     // the user asked for something that does not exist or contradicts itself
  data,      // a file exists but does not hold what it should
  io,        // the operating system refused to read or write
  unlike,    // runs that do not belong together
  target,    // a target that was named cannot run
  memory,    // an allocation was refused
  internal,  // a broken invariant of m1bench itself
};

// The one error type. The message is one sentence for the user that says what is wrong and what to do about it.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

}  // namespace m1bench

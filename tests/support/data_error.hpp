// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "m1bench/core/error.hpp"

namespace m1bench {

// The message of the Error(data) that `action` throws, "nothing was thrown" without one. Other exceptions pass through.
template <class Action>
std::string data_error_of(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data) throw;
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "m1bench/core/error.hpp"

namespace m1bench {

// The contents of a file and the name to use for it in a message.
struct NamedBytes {
  std::string name;
  std::string_view bytes;
};

// Throws Error(data): "NAME: at byte OFFSET: WHAT; REMEDY".
[[noreturn]] inline void bad_file(const std::string& name, std::size_t offset, const std::string& what,
                                  const std::string& remedy) {
  throw Error(ErrorKind::data, name + ": at byte " + std::to_string(offset) + ": " + what + "; " + remedy);
}

}  // namespace m1bench

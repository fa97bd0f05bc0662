// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/check.hpp"

#include <string>

#include "m1bench/core/error.hpp"

namespace m1bench {

void check(bool condition, std::string_view what, const char* file, int line) {
  if (condition) return;
  const std::string path = file;
  const auto slash = path.find_last_of('/');
  throw Error(ErrorKind::internal, std::string(what) + " (" + path.substr(slash == std::string::npos ? 0 : slash + 1) + ":" +
                                       std::to_string(line) + ")");
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/check.hpp"

#include <string>

#include "m1bench/core/error.hpp"

namespace m1bench {

void check(bool condition, std::string_view what, std::source_location where) {
  if (condition) return;
  const std::string file = where.file_name();
  const auto slash = file.find_last_of('/');
  throw Error(ErrorKind::internal, std::string(what) + " (" + file.substr(slash == std::string::npos ? 0 : slash + 1) + ":" +
                                       std::to_string(where.line()) + ")");
}

}  // namespace m1bench

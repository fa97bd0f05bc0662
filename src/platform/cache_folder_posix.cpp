// SPDX-License-Identifier: Apache-2.0
#include "platform/cache_folder.hpp"

#include <cstdlib>

namespace m1bench {
namespace {

#if defined(__APPLE__)
constexpr const char* kInHome = "/Library/Caches";
#else
constexpr const char* kInHome = "/.cache";
#endif

// Relative paths are to be ignored, says the XDG Base Directory Specification.
std::optional<std::string> folder_in(const char* variable) {
  const char* value = std::getenv(variable);
  return value && *value == '/' ? std::optional<std::string>(value) : std::nullopt;
}

}  // namespace

std::optional<std::string> user_cache_folder() {
  if (const auto caches = folder_in("XDG_CACHE_HOME")) return *caches + "/m1bench";
  if (const auto home = folder_in("HOME")) return *home + kInHome + "/m1bench";
  return std::nullopt;
}

}  // namespace m1bench

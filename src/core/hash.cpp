// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/hash.hpp"

#include <cstdint>
#include <cstdio>

namespace m1bench {

std::string short_hash(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
  return digits;
}

}  // namespace m1bench

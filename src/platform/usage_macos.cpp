// SPDX-License-Identifier: Apache-2.0
#include <sys/resource.h>

#include "platform/usage.hpp"

namespace m1bench {

std::optional<std::uint64_t> own_max_rss_bytes() {
  rusage counted{};
  if (getrusage(RUSAGE_SELF, &counted) != 0) return std::nullopt;
  return static_cast<std::uint64_t>(counted.ru_maxrss);  // bytes here, KiB on Linux
}

std::optional<std::uint64_t> child_max_rss_bytes(long ru_maxrss) { return static_cast<std::uint64_t>(ru_maxrss); }

std::optional<std::uint64_t> own_migrations() { return std::nullopt; }

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "platform/linux_facts.hpp"
#include "platform/usage.hpp"

namespace m1bench {

// Not ru_maxrss, which begins with what the parent held when it forked.
std::optional<std::uint64_t> own_max_rss_bytes() {
  const auto status = read_system_file("/proc/self/status");
  return status ? parse_kib_line(*status, "VmHWM") : std::nullopt;
}

}  // namespace m1bench

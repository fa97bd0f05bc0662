// SPDX-License-Identifier: Apache-2.0
#include <sys/resource.h>

#include "platform/clock.hpp"
#include "platform/usage.hpp"

namespace m1bench {

ProcessUsage process_usage() {
  ProcessUsage usage;
  usage.max_rss_bytes = own_max_rss_bytes();
  rusage counted{};
  if (getrusage(RUSAGE_SELF, &counted) == 0) {
    usage.context_switches = static_cast<std::uint64_t>(counted.ru_nvcsw + counted.ru_nivcsw);
    usage.page_faults = static_cast<std::uint64_t>(counted.ru_minflt + counted.ru_majflt);
  }
  usage.migrations = own_migrations();
  return usage;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include <sys/sysctl.h>

#include "platform/macos_facts.hpp"

namespace m1bench {

// Room for every string and number that is asked for here; what is larger is something else.
std::optional<std::string> read_sysctl(const std::string& name) {
  char value[256];
  std::size_t size = sizeof value;
  if (sysctlbyname(name.c_str(), value, &size, nullptr, 0) != 0 || size > sizeof value) return std::nullopt;
  return std::string(value, size);
}

}  // namespace m1bench

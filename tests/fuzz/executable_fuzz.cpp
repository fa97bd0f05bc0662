// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "launch/executable.hpp"

// Nothing but names that m1bench knows may come out, and only of a Mach-O file more than one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view head(reinterpret_cast<const char*>(data), size);
  const m1bench::ExecutableArchitectures found = m1bench::executable_architectures(head);
  constexpr std::size_t kMostSlices = 16;
  if (found.names.size() > (found.mach_o ? kMostSlices : 1)) std::abort();
  for (const std::string& name : found.names) {
    if (name != "arm64" && name != "x86_64") std::abort();
  }
  return 0;
}

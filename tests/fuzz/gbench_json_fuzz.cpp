// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "exec/gbench_json.hpp"
#include "m1bench/core/error.hpp"

// Whatever is accepted has names and times that a run file can hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    for (const m1bench::GbenchTime& time : m1bench::parse_gbench({reinterpret_cast<const char*>(data), size})) {
      const bool sound = std::isfinite(time.real_s) && time.real_s >= 0 && std::isfinite(time.cpu_s) && time.cpu_s >= 0;
      if (time.name.empty() || !sound) std::abort();
    }
  } catch (const m1bench::Error& error) {
    if (error.kind() != m1bench::ErrorKind::data) std::abort();
  }
  return 0;
}

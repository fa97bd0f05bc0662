// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "datafile/gzip.hpp"
#include "m1bench/core/error.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxBytes = 100'000;
  try {
    if (m1bench::gunzip({reinterpret_cast<const char*>(data), size}, kMaxBytes, "stream").size() > kMaxBytes) std::abort();
  } catch (const m1bench::Error& error) {
    if (error.kind() != m1bench::ErrorKind::data) std::abort();
  }
  return 0;
}

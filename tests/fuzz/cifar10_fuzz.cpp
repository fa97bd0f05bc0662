// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "datafile/cifar10.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  m1bench::Dataset set = m1bench::empty_cifar10();
  try {
    m1bench::append_cifar10({"batch", {reinterpret_cast<const char*>(data), size}}, set);
    if (set.pixels.size() + set.labels.size() != size) std::abort();
  } catch (const m1bench::Error& error) {
    if (error.kind() != m1bench::ErrorKind::data || set.rows != 0) std::abort();
  }
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "datafile/idx.hpp"

// One input stands for both files: the first two bytes say, little-endian, how long the labels' file is, which comes first.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::size_t labels = std::min<std::size_t>(data[0] + 256u * data[1], rest.size());
  try {
    const auto set = m1bench::parse_mnist({"images", rest.substr(labels)}, {"labels", rest.substr(0, labels)});
    if (set.pixels.size() != set.labels.size() * 28 * 28 || set.labels.size() != static_cast<std::size_t>(set.rows)) std::abort();
  } catch (const m1bench::Error& error) {
    if (error.kind() != m1bench::ErrorKind::data) std::abort();
  }
  return 0;
}

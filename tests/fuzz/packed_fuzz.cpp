// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/data/packed.hpp"

// Whatever is accepted must be the very bytes that its view would be packed into.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* bytes = reinterpret_cast<const std::byte*>(data);
  const std::vector<std::byte> file(bytes, bytes + size);  // an allocation is aligned as a mapping is
  try {
    const m1bench::DatasetView view = m1bench::view_packed(file);
    const std::string header = m1bench::packed_header(view);
    std::string again;
    for (const std::string_view piece : m1bench::packed_pieces(header, view)) again += piece;
    if (again != std::string_view(reinterpret_cast<const char*>(data), size)) std::abort();
  } catch (const m1bench::Error& error) {
    if (error.kind() != m1bench::ErrorKind::data) std::abort();
  }
  return 0;
}

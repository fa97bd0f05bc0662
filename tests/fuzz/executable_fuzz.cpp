// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "launch/executable.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// Whatever the bytes are: slices within the file, bounded in number and in what they say, and either slices or a reason.
void check(const m1bench::ExecutableFile& file, std::uint64_t size) {
  constexpr std::size_t kMostSlices = 16, kMostImports = 512, kLongestReason = 200;
  require(file.slices.size() <= kMostSlices);
  require(file.reason.size() <= kLongestReason && (file.reason.empty() || file.slices.empty()));
  require(file.format != m1bench::ExecutableFormat::none || (file.slices.empty() && file.reason.empty()));
  for (const m1bench::ExecutableSlice& slice : file.slices) {
    require(!slice.arch.empty() && (slice.bits == 32 || slice.bits == 64));
    require(slice.offset <= size && slice.size <= size - slice.offset);
    require(slice.imports.size() <= kMostImports && slice.reason.size() <= kLongestReason);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(m1bench::read_executable(bytes, size), size);
  check(m1bench::read_executable(bytes), m1bench::ByteSource::kUnknownSize);
  return 0;
}

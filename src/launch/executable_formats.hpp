// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "launch/executable.hpp"

// Shared by the bodies of launch/executable.hpp only: one reader for each format.
namespace m1bench {

// Numbers at a place in bytes; nothing where they end before it.
struct Numbers {
  std::string_view bytes;
  bool big_endian = false;

  std::optional<std::uint64_t> at(std::uint64_t place, unsigned width) const {
    if (place > bytes.size() || bytes.size() - place < width) return std::nullopt;
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width; ++i) {
      value = value << 8 | static_cast<std::uint8_t>(bytes[place + (big_endian ? i : width - 1 - i)]);
    }
    return value;
  }
  std::uint32_t u16(std::uint64_t place) const { return static_cast<std::uint32_t>(at(place, 2).value_or(0)); }
  std::uint32_t u32(std::uint64_t place) const { return static_cast<std::uint32_t>(at(place, 4).value_or(0)); }
};

// A part of a file: `size` bytes from `offset` on, which lie within it.
struct Part {
  const ByteSource& source;
  std::uint64_t offset = 0, size = 0;

  std::string read(std::uint64_t at, std::uint64_t count) const;
};

bool is_elf(std::string_view magic);
bool is_mach_o(std::string_view magic);
bool is_universal(std::string_view magic);
bool is_archive(std::string_view magic);
constexpr std::size_t kLongestMagic = 8;

ExecutableSlice read_elf(const Part& part);
ExecutableSlice read_mach_o(const Part& part);
ExecutableFile read_universal(const ByteSource& source);
ExecutableFile read_archive(const Part& part);

// "arm64e" for a Mach-O CPU type and subtype.
std::string mach_o_arch(std::uint32_t cpu_type, std::uint32_t cpu_subtype);
int mach_o_bits(std::uint32_t cpu_type);

// True if `size` bytes from `offset` on do not end within `whole` bytes.
inline bool beyond(std::uint64_t offset, std::uint64_t size, std::uint64_t whole) {
  return offset > whole || size > whole - offset;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

// The first bytes of executables, made up.
namespace m1bench {

inline constexpr std::uint32_t kMachArm64 = 0x0100000C, kMachX86_64 = 0x01000007;

inline std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xFF);
  return bytes;
}

inline std::string little_endian(std::uint32_t value) {
  const std::string bytes = big_endian(value);
  return {bytes.rbegin(), bytes.rend()};
}

// A 64-bit little-endian ELF header; `machine` as in e_machine: 62 x86_64, 183 arm64.
inline std::string elf_head(unsigned machine) {
  std::string head =
      "\x7F"
      "ELF\x02\x01\x01";
  head.resize(18);
  head += static_cast<char>(machine & 0xFF);
  head += static_cast<char>(machine >> 8);
  head.resize(64);
  return head;
}

inline std::string mach_o_head(std::uint32_t cpu_type) {
  std::string head = little_endian(0xFEEDFACF) + little_endian(cpu_type);
  head.resize(32);
  return head;
}

// A universal file's header with one entry of 20 bytes for each type.
inline std::string fat_head(const std::vector<std::uint32_t>& cpu_types) {
  std::string head = big_endian(0xCAFEBABE) + big_endian(static_cast<std::uint32_t>(cpu_types.size()));
  for (const std::uint32_t type : cpu_types) {
    head += big_endian(type);
    head.resize(head.size() + 16);
  }
  return head;
}

}  // namespace m1bench

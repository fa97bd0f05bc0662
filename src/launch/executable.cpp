// SPDX-License-Identifier: Apache-2.0
#include "launch/executable.hpp"

#include <cstdint>
#include <optional>

namespace m1bench {
namespace {

std::optional<std::uint32_t> word(std::string_view bytes, std::size_t at, bool big_endian) {
  if (at + 4 > bytes.size()) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto byte = static_cast<std::uint8_t>(bytes[big_endian ? at + i : at + 3 - i]);
    value = value << 8 | byte;
  }
  return value;
}

void add_cpu_type(std::uint32_t type, std::vector<std::string>& names) {
  if (type == 0x0100000C) names.push_back("arm64");
  if (type == 0x01000007) names.push_back("x86_64");
}

}  // namespace

ExecutableArchitectures executable_architectures(std::string_view head) {
  constexpr std::uint32_t kMachO64 = 0xFEEDFACF, kFat = 0xCAFEBABE;
  constexpr std::string_view kElf64Little = "\x7F" "ELF\x02\x01";
  constexpr std::size_t kElfMachineAt = 18;
  ExecutableArchitectures found;
  if (head.substr(0, kElf64Little.size()) == kElf64Little && head.size() >= kElfMachineAt + 2) {
    const auto machine = static_cast<std::uint8_t>(head[kElfMachineAt]) | static_cast<std::uint8_t>(head[kElfMachineAt + 1]) << 8;
    if (machine == 183) found.names.push_back("arm64");
    if (machine == 62) found.names.push_back("x86_64");
  } else if (word(head, 0, false) == kMachO64) {
    found.mach_o = true;
    if (const auto type = word(head, 4, false)) add_cpu_type(*type, found.names);
  } else if (word(head, 0, true) == kFat) {
    found.mach_o = true;
    // A Java class file starts with the same four bytes; its version number reads as far more slices than any file has.
    constexpr std::uint32_t kMostSlices = 16, kFatEntry = 20;
    const std::uint32_t count = word(head, 4, true).value_or(0);
    for (std::uint32_t i = 0; count <= kMostSlices && i < count; ++i) {
      if (const auto type = word(head, 8 + i * kFatEntry, true)) add_cpu_type(*type, found.names);
    }
  }
  return found;
}

}  // namespace m1bench

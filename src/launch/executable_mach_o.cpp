// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "launch/executable_formats.hpp"

namespace m1bench {
namespace {

constexpr std::uint32_t kMagic32 = 0xFEEDFACE, kMagic64 = 0xFEEDFACF;
constexpr std::uint32_t k64Bits = 0x01000000, k64BitsWith32BitPointers = 0x02000000;
constexpr std::uint32_t kSubtype = 0x00FFFFFF;  // the rest of the word are capabilities

struct CpuType {
  std::uint32_t type;
  std::string_view name;
};
constexpr std::array<CpuType, 10> kCpuTypes{{
    {6, "m68k"},
    {7, "i386"},
    {7 | k64Bits, "x86_64"},
    {12, "arm"},
    {12 | k64Bits, "arm64"},
    {12 | k64BitsWith32BitPointers, "arm64_32"},
    {14, "sparc"},
    {15, "i860"},
    {18, "ppc"},
    {18 | k64Bits, "ppc64"},
}};

constexpr std::array<ExecutableKind, 13> kKinds{
    ExecutableKind::unknown, ExecutableKind::object,  ExecutableKind::program, ExecutableKind::library, ExecutableKind::core,
    ExecutableKind::program, ExecutableKind::library, ExecutableKind::program, ExecutableKind::bundle,  ExecutableKind::library,
    ExecutableKind::symbols, ExecutableKind::kernel,  ExecutableKind::kernel,
};

// Version numbers are packed as xxxx.yy.zz.
std::string version(std::uint32_t packed) {
  std::string text = std::to_string(packed >> 16) + "." + std::to_string(packed >> 8 & 0xFF);
  if ((packed & 0xFF) != 0) text += "." + std::to_string(packed & 0xFF);
  return text;
}

// The path of the library that a load command names, up to its zero byte.
std::string library_name(std::string_view command, const Numbers& numbers) {
  const std::uint32_t at = numbers.u32(8);
  if (at < 12 || at >= command.size()) return "";
  const std::string_view name = command.substr(at);
  return std::string(name.substr(0, name.find('\0')));
}

void read_command(std::uint32_t kind, std::string_view command, bool big_endian, ExecutableSlice& slice) {
  constexpr std::uint32_t kMustKnow = 0x80000000, kLoad = 0xC, kLoadWeak = 0x18 | kMustKnow, kReexport = 0x1F | kMustKnow,
                          kLoadLazily = 0x20, kLoadUpward = 0x23 | kMustKnow, kSignature = 0x1D, kOldestMacos = 0x24,
                          kBuildVersion = 0x32, kMacos = 1;
  constexpr std::size_t kMostImports = 512;
  const Numbers numbers{command, big_endian};
  switch (kind) {
    case kLoad:
    case kLoadWeak:
    case kReexport:
    case kLoadLazily:
    case kLoadUpward:
      if (slice.imports.size() < kMostImports) slice.imports.push_back(library_name(command, numbers));
      break;
    case kSignature:
      slice.is_signed = true;
      break;
    case kOldestMacos:
      if (numbers.at(8, 4)) slice.minos = version(numbers.u32(8));
      break;
    case kBuildVersion:
      if (numbers.at(12, 4) && numbers.u32(8) == kMacos) slice.minos = version(numbers.u32(12));
      break;
    default:
      break;
  }
}

// `commands` is all of them, or as many as were to be had.
void read_commands(std::string_view commands, bool whole, std::uint32_t count, bool big_endian, ExecutableSlice& slice) {
  const Numbers numbers{commands, big_endian};
  std::uint64_t at = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto size = numbers.at(at + 4, 4);
    if (!size || (*size >= 8 && beyond(at, *size, commands.size()))) {
      if (whole) slice.reason = "its load commands end before the last of them";
      return;
    }
    if (*size < 8) {
      slice.reason = "has a load command that is smaller than its own header";
      return;
    }
    read_command(numbers.u32(at), commands.substr(at, *size), big_endian, slice);
    at += *size;
  }
  if (!slice.is_signed) slice.is_signed = false;
}

}  // namespace

std::string mach_o_arch(std::uint32_t cpu_type, std::uint32_t cpu_subtype) {
  constexpr std::uint32_t kHaswell = 8, kArm64e = 2;
  if (cpu_type == (7 | k64Bits) && (cpu_subtype & kSubtype) == kHaswell) return "x86_64h";
  if (cpu_type == (12 | k64Bits) && (cpu_subtype & kSubtype) == kArm64e) return "arm64e";
  const auto known = std::find_if(kCpuTypes.begin(), kCpuTypes.end(), [&](const CpuType& row) { return row.type == cpu_type; });
  return known != kCpuTypes.end() ? std::string(known->name) : "cputype " + std::to_string(cpu_type);
}

int mach_o_bits(std::uint32_t cpu_type) { return (cpu_type & k64Bits) != 0 ? 64 : 32; }

bool is_mach_o(std::string_view magic) {
  for (const bool big_endian : {false, true}) {
    const auto word = Numbers{magic, big_endian}.at(0, 4);
    if (word == kMagic32 || word == kMagic64) return true;
  }
  return false;
}

ExecutableSlice read_mach_o(const Part& part) {
  constexpr std::uint64_t kHeader32 = 28, kHeader64 = 32, kMostCommands = 1 << 16;
  const std::string head = part.read(0, kHeader64);
  ExecutableSlice slice;
  slice.offset = part.offset;
  slice.size = part.size;
  const std::uint32_t magic = Numbers{head, true}.u32(0);
  const bool big_endian = magic == kMagic32 || magic == kMagic64;
  const Numbers numbers{head, big_endian};
  const std::uint64_t header = numbers.u32(0) == kMagic64 ? kHeader64 : kHeader32;
  if (head.size() < header) {
    slice.reason = "ends within its header";
    return slice;
  }
  slice.arch = mach_o_arch(numbers.u32(4), numbers.u32(8));
  slice.bits = header == kHeader64 ? 64 : 32;
  const std::uint32_t type = numbers.u32(12), count = numbers.u32(16), size = numbers.u32(20);
  if (type < kKinds.size()) slice.kind = kKinds[type];
  if (beyond(header, size, part.size) || std::uint64_t{count} * 8 > size) {
    slice.reason = "its load commands reach beyond its end";
    return slice;
  }
  const std::string commands = part.read(header, std::min<std::uint64_t>(size, kMostCommands));
  read_commands(commands, commands.size() == size, count, big_endian, slice);
  return slice;
}

}  // namespace m1bench

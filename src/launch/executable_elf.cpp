// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "launch/executable_formats.hpp"

namespace m1bench {
namespace {

struct Machine {
  std::uint32_t number;
  std::string_view of_32_bits, of_64_bits;
};
constexpr std::array<Machine, 11> kMachines{{
    {2, "sparc", "sparc"},
    {3, "i386", "i386"},
    {8, "mips", "mips64"},
    {20, "ppc", "ppc"},
    {21, "ppc64", "ppc64"},
    {22, "s390", "s390x"},
    {40, "arm", "arm"},
    {62, "x32", "x86_64"},
    {183, "arm64_32", "arm64"},
    {243, "riscv32", "riscv64"},
    {258, "loongarch32", "loongarch64"},
}};

std::string arch_of(std::uint32_t machine, int bits) {
  const auto known = std::find_if(kMachines.begin(), kMachines.end(), [&](const Machine& row) { return row.number == machine; });
  if (known == kMachines.end()) return "machine " + std::to_string(machine);
  return std::string(bits == 64 ? known->of_64_bits : known->of_32_bits);
}

// Where the fields of the header and of a program header are, for 32 and 64 bits.
struct Layout {
  std::uint64_t header, program_headers_at, entry_size_at, entries_at;
  unsigned address;
  std::uint64_t least_entry, segment_offset_at, segment_size_at;
};
constexpr Layout kLayout32{52, 28, 42, 44, 4, 32, 4, 16}, kLayout64{64, 32, 54, 56, 8, 56, 8, 32};

// The path of a segment's bytes, up to the zero that ends it; "" if it is not to be had.
std::string path_at(const Part& part, std::uint64_t offset, std::uint64_t size) {
  constexpr std::uint64_t kLongestPath = 4096;
  if (size > kLongestPath || beyond(offset, size, part.size)) return "";
  const std::string path = part.read(offset, size);
  return path.size() < size ? "" : path.substr(0, path.find('\0'));
}

// A program that is relocated as a whole is of the same type as a library, but names its loader.
void read_program_headers(const Part& part, const Numbers& header, const Layout& layout, ExecutableSlice& slice) {
  constexpr std::uint32_t kInterpreter = 3, kMostRead = 64;
  const std::uint64_t table = header.at(layout.program_headers_at, layout.address).value_or(0);
  const std::uint32_t entry = header.u16(layout.entry_size_at), count = header.u16(layout.entries_at);
  if (count == 0) return;
  if (entry < layout.least_entry || beyond(table, std::uint64_t{entry} * count, part.size)) {
    if (slice.kind != ExecutableKind::library) return;
    slice.reason = "its program headers reach beyond its end";
    slice.kind = ExecutableKind::unknown;
    return;
  }
  const std::string headers = part.read(table, std::uint64_t{entry} * std::min(count, kMostRead));
  const Numbers numbers{headers, header.big_endian};
  for (std::uint64_t at = 0; numbers.at(at, 4); at += entry) {
    if (numbers.u32(at) != kInterpreter) continue;
    slice.kind = ExecutableKind::program;
    const auto offset = numbers.at(at + layout.segment_offset_at, layout.address);
    const auto size = numbers.at(at + layout.segment_size_at, layout.address);
    if (offset && size) slice.loader = path_at(part, *offset, *size);
    return;
  }
}

}  // namespace

bool is_elf(std::string_view magic) {
  return magic.starts_with(
      "\x7F"
      "ELF");
}

ExecutableSlice read_elf(const Part& part) {
  const std::string head = part.read(0, kLayout64.header);
  ExecutableSlice slice;
  slice.elf = true;
  slice.offset = part.offset;
  slice.size = part.size;
  const unsigned width = head.size() > 4 ? static_cast<unsigned char>(head[4]) : 0;
  const unsigned order = head.size() > 5 ? static_cast<unsigned char>(head[5]) : 0;
  const Layout& layout = width == 2 ? kLayout64 : kLayout32;
  if (head.size() < layout.header) {
    slice.reason = "ends within its header";
  } else if (width < 1 || width > 2 || order < 1 || order > 2) {
    slice.reason = "its header names neither 32 nor 64 bits, or no byte order";
  }
  if (!slice.reason.empty()) return slice;
  slice.bits = width == 2 ? 64 : 32;
  const Numbers numbers{head, order == 2};
  slice.arch = arch_of(numbers.u16(18), slice.bits);
  constexpr std::array kKinds{ExecutableKind::unknown, ExecutableKind::object, ExecutableKind::program, ExecutableKind::library,
                              ExecutableKind::core};
  const std::uint32_t type = numbers.u16(16);
  if (type < kKinds.size()) slice.kind = kKinds[type];
  if (slice.kind == ExecutableKind::library || slice.kind == ExecutableKind::program) read_program_headers(part, numbers, layout, slice);
  return slice;
}

}  // namespace m1bench

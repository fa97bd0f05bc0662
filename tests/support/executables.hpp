// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Executables, made up: headers with no code behind them.
namespace m1bench {

inline constexpr std::uint32_t kMachI386 = 7, kMachPowerPc = 18, kMachArm64 = 0x0100000C, kMachX86_64 = 0x01000007;
inline constexpr std::uint32_t kMachObject = 1, kMachProgram = 2, kMachLibrary = 6, kMachBundle = 8;

inline std::string big_endian(std::uint64_t value, int bytes = 4) {
  std::string text;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 0xFF);
  return text;
}

inline std::string little_endian(std::uint64_t value, int bytes = 4) {
  const std::string text = big_endian(value, bytes);
  return {text.rbegin(), text.rend()};
}

// A 64-bit little-endian ELF header; `machine` as in e_machine: 62 x86_64, 183 arm64. `type`: 1 object, 2 program, 3 library.
inline std::string elf_head(unsigned machine, unsigned type = 0) {
  std::string head =
      "\x7F"
      "ELF\x02\x01\x01";
  head.resize(16);
  head += little_endian(type, 2) + little_endian(machine, 2);
  head.resize(64);
  return head;
}

inline std::string mach_o_head(std::uint32_t cpu_type) {
  std::string head = little_endian(0xFEEDFACF) + little_endian(cpu_type);
  head.resize(32);
  return head;
}

// A thin Mach-O of 64 bits, little-endian unless it says otherwise, with the load commands given.
struct MachO {
  std::uint32_t cpu_type = kMachArm64, cpu_subtype = 0, file_type = kMachProgram;
  std::vector<std::string> commands = {};
  bool wide = true, big = false;

  std::string word(std::uint64_t value) const { return big ? big_endian(value) : little_endian(value); }
  std::string command(std::uint32_t kind, const std::string& rest) const {
    std::string body = rest;
    body.resize((body.size() + 7) / 8 * 8);
    return word(kind) + word(8 + body.size()) + body;
  }
  std::string load_library(std::string_view name, std::uint32_t kind = 0xC) const {
    return command(kind, word(24) + word(0) + word(0) + word(0) + std::string(name) + '\0');
  }
  std::string build_version(unsigned major, unsigned minor, std::uint32_t platform = 1) const {
    return command(0x32, word(platform) + word(major << 16 | minor << 8) + word(0) + word(0));
  }
  std::string oldest_macos(unsigned major, unsigned minor) const {
    return command(0x24, word(major << 16 | minor << 8) + word(0));
  }
  std::string signature() const { return command(0x1D, word(0x4000) + word(0x200)); }

  std::string file() const {
    std::string all;
    for (const std::string& one : commands) all += one;
    std::string head = word(wide ? 0xFEEDFACF : 0xFEEDFACE) + word(cpu_type) + word(cpu_subtype) + word(file_type) +
                       word(commands.size()) + word(all.size()) + word(0) + (wide ? word(0) : "");
    return head + all;
  }
};

// A Mach-O that macOS would accept as far as its header goes: it says what it needs and is signed.
inline std::string mach_o_file(std::uint32_t cpu_type, std::uint32_t file_type = kMachBundle) {
  MachO file{cpu_type, 0, file_type};
  file.commands = {file.build_version(13, 0), file.load_library("/usr/lib/libSystem.B.dylib"), file.signature()};
  return file.file();
}

// One entry of a universal file's header, of 20 bytes, or 32 for files beyond 4 GiB.
struct FatEntry {
  std::uint32_t cpu_type = kMachArm64, cpu_subtype = 0;
  std::uint64_t offset = 0x4000, size = 0x1000;
};
inline std::string fat_header(const std::vector<FatEntry>& entries, bool wide = false) {
  std::string head = big_endian(wide ? 0xCAFEBABF : 0xCAFEBABE) + big_endian(entries.size());
  for (const FatEntry& entry : entries) {
    const int width = wide ? 8 : 4;
    head += big_endian(entry.cpu_type) + big_endian(entry.cpu_subtype) + big_endian(entry.offset, width) +
            big_endian(entry.size, width) + big_endian(14) + (wide ? big_endian(0) : "");
  }
  return head;
}

// A universal file's header whose slices lie further on, as in any real one.
inline std::string fat_head(const std::vector<std::uint32_t>& cpu_types) {
  std::vector<FatEntry> entries;
  for (const std::uint32_t type : cpu_types) entries.push_back({type, 0, 0x4000 * (entries.size() + 1), 0x1000});
  return fat_header(entries);
}

// A whole universal file of slices of the types given; their offsets are multiples of 256.
inline std::string fat_file(const std::vector<std::uint32_t>& cpu_types, const std::vector<std::string>& slices,
                            bool wide = false) {
  std::vector<FatEntry> entries;
  std::string body;
  const std::size_t start = 1024;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    body.resize((body.size() + 255) / 256 * 256);
    entries.push_back({cpu_types[i], 0, start + body.size(), slices[i].size()});
    body += slices[i];
  }
  std::string file = fat_header(entries, wide);
  file.resize(start);
  return file + body;
}

// A member of a static archive; a long name as BSD writes it, before the contents.
inline std::string archive_member(const std::string& name, const std::string& contents, bool long_name = false) {
  const auto column = [](std::string text, std::size_t width) {
    text.resize(width, ' ');
    return text;
  };
  const std::string body = (long_name ? name : "") + contents;
  const std::string header = column(long_name ? "#1/" + std::to_string(name.size()) : name, 16) + column("0", 12) +
                             column("0", 6) + column("0", 6) + column("644", 8) + column(std::to_string(body.size()), 10) + "`\n";
  return header + body + (body.size() % 2 != 0 ? "\n" : "");
}

}  // namespace m1bench

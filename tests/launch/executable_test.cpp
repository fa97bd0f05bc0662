// SPDX-License-Identifier: Apache-2.0
#include "launch/executable.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/executables.hpp"

namespace m1bench {
namespace {

using Names = std::vector<std::string>;
using Format = ExecutableFormat;
using Kind = ExecutableKind;

Names names_of(const ExecutableFile& file) {
  Names names;
  for (const ExecutableSlice& slice : file.slices) names.push_back(slice.arch);
  return names;
}

std::string elf_of(unsigned bits, unsigned order, std::string rest) {
  const std::string magic = std::string("\x7F") + "ELF" + static_cast<char>(bits) + static_cast<char>(order) + '\1';
  rest.replace(0, magic.size(), magic);
  return rest;
}

// With one program header that names the loader, as a relocatable program has.
std::string elf_program() {
  std::string file = elf_head(62, 3);
  file.replace(32, 8, little_endian(64, 8));
  file.replace(54, 4, little_endian(56, 2) + little_endian(1, 2));
  return file + little_endian(3) + std::string(52, '\0');
}

const std::string kArchive = "!<arch>\n";

struct Row {
  const char* name;
  std::string head;
  Format format;
  Kind kind;
  Names names;
};

void expect(const Row& row) {
  const ExecutableFile file = read_executable(row.head);
  EXPECT_EQ(file.format, row.format) << row.name;
  EXPECT_EQ(name_of(file.kind), name_of(row.kind)) << row.name;
  EXPECT_EQ(names_of(file), row.names) << row.name;
  EXPECT_EQ(file.reason, "") << row.name;
  for (const ExecutableSlice& slice : file.slices) EXPECT_EQ(slice.reason, "") << row.name;
}

TEST(ReadExecutable, FormatKindAndArchitectures) {
  const MachO big{kMachPowerPc, 0, kMachProgram, {}, false, true};
  const std::string arm64 = mach_o_file(kMachArm64), x86_64 = mach_o_file(kMachX86_64);
  const Row rows[] = {
      {"ELF x86_64", elf_head(62, 2), Format::elf, Kind::program, {"x86_64"}},
      {"ELF arm64", elf_head(183, 3), Format::elf, Kind::library, {"arm64"}},
      {"ELF relocatable program", elf_program(), Format::elf, Kind::program, {"x86_64"}},
      {"ELF riscv", elf_head(243, 1), Format::elf, Kind::object, {"riscv64"}},
      {"ELF of a stranger", elf_head(999), Format::elf, Kind::unknown, {"machine 999"}},
      {"ELF, 32 bits", elf_of(1, 1, elf_head(3)), Format::elf, Kind::unknown, {"i386"}},
      {"ELF, big endian", elf_of(2, 2, elf_head(22 << 8)), Format::elf, Kind::unknown, {"s390x"}},
      {"Mach-O arm64", mach_o_head(kMachArm64), Format::mach_o, Kind::unknown, {"arm64"}},
      {"Mach-O arm64e", MachO{kMachArm64, 0x80000002}.file(), Format::mach_o, Kind::program, {"arm64e"}},
      {"Mach-O x86_64h", MachO{kMachX86_64, 8, kMachLibrary}.file(), Format::mach_o, Kind::library, {"x86_64h"}},
      {"Mach-O, 32 bits", MachO{kMachI386, 3, kMachBundle, {}, false}.file(), Format::mach_o, Kind::bundle, {"i386"}},
      {"Mach-O, big endian", big.file(), Format::mach_o, Kind::program, {"ppc"}},
      {"Mach-O of a stranger", mach_o_head(77), Format::mach_o, Kind::unknown, {"cputype 77"}},
      {"universal", fat_head({kMachX86_64, kMachArm64}), Format::universal, Kind::unknown, {"x86_64", "arm64"}},
      {"universal, whole",
       fat_file({kMachX86_64, kMachArm64}, {x86_64, arm64}),
       Format::universal,
       Kind::bundle,
       {"x86_64", "arm64"}},
      {"universal of 64 bits", fat_file({kMachArm64}, {arm64}, true), Format::universal, Kind::bundle, {"arm64"}},
      {"universal of archives",
       fat_file({kMachArm64}, {kArchive + archive_member("a.o/", MachO{.file_type = 1}.file())}),
       Format::universal,
       Kind::archive,
       {"arm64"}},
      {"archive of ELF",
       kArchive + archive_member("/", "index") + archive_member("//", "names\n") + archive_member("a.o/", elf_head(62, 1)),
       Format::archive,
       Kind::archive,
       {"x86_64"}},
      {"archive of Mach-O with BSD's long names",
       kArchive + archive_member("__.SYMDEF SORTED", "i", true) + archive_member("long.o", arm64, true),
       Format::archive,
       Kind::archive,
       {"arm64"}},
      {"archive of text", kArchive + archive_member("a.txt/", "odd"), Format::archive, Kind::archive, {}},
      {"empty archive", kArchive, Format::archive, Kind::archive, {}},
      {"Java class", std::string("\xCA\xFE\xBA\xBE\x00\x00\x00\x41\x00\x20", 10), Format::none, Kind::unknown, {}},
      {"Java preview class", std::string("\xCA\xFE\xBA\xBE\xFF\xFF\x00\x41\x00\x20", 10), Format::none, Kind::unknown, {}},
      {"script", "#!/bin/sh\nexit 0\n", Format::none, Kind::unknown, {}},
      {"empty", "", Format::none, Kind::unknown, {}},
  };
  for (const Row& row : rows) expect(row);
}

TEST(ReadExecutable, WhatLoadCommandsSay) {
  for (const bool big : {false, true}) {
    MachO made{kMachArm64, 0, kMachProgram, {}, true, big};
    made.commands = {made.load_library("/usr/lib/libSystem.B.dylib"), made.load_library("@rpath/weak.dylib", 0x80000018),
                     made.command(0x99, ""), made.build_version(13, 1), made.signature()};
    const ExecutableFile file = read_executable(made.file());
    ASSERT_EQ(file.slices.size(), 1u) << big;
    EXPECT_EQ(file.slices[0].minos, "13.1");
    EXPECT_EQ(file.slices[0].imports, (Names{"/usr/lib/libSystem.B.dylib", "@rpath/weak.dylib"}));
    EXPECT_EQ(file.slices[0].is_signed, true);
  }
  MachO old{kMachX86_64};
  old.commands = {old.oldest_macos(10, 9), old.build_version(14, 0, 2)};  // the second is of iOS
  const ExecutableFile file = read_executable(old.file());
  EXPECT_EQ(file.slices.at(0).minos, "10.9");
  EXPECT_EQ(file.slices.at(0).is_signed, false);
}

// What lies beyond the bytes given is unknown, not damaged, if the file is said to go on.
TEST(ReadExecutable, BytesThatDoNotReachSoFar) {
  MachO made;
  made.commands = {made.build_version(13, 0), made.load_library("/usr/lib/libSystem.B.dylib"), made.signature()};
  const std::string whole = made.file(), cut = whole.substr(0, 70);
  const ExecutableFile file = read_executable(cut, whole.size());
  ASSERT_EQ(file.slices.size(), 1u) << file.reason;
  EXPECT_EQ(file.slices[0].minos, "13.0");
  EXPECT_FALSE(file.slices[0].is_signed.has_value());
  EXPECT_EQ(read_executable(cut, cut.size()).reason, "its load commands reach beyond its end");
}

TEST(ReadExecutable, RefusedWithAReason) {
  const std::string bundle = mach_o_file(kMachArm64),
                    fat = fat_file({kMachX86_64, kMachArm64}, {mach_o_file(kMachX86_64), bundle});
  std::string far_table = elf_program();
  far_table.replace(32, 8, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
  MachO tiny;
  tiny.commands = {tiny.word(1) + tiny.word(4)};
  std::string many = MachO{}.file();
  many.replace(16, 4, "\xFF\xFF\xFF\xFF");
  MachO promising;
  promising.commands = {promising.command(1, std::string(8, '\0'))};
  std::string short_of = promising.file();
  short_of.replace(16, 4, little_endian(2));
  const struct {
    const char* name;
    std::string bytes;
    const char* reason;
    bool goes_on = false;  // the file is longer than the bytes given
  } rows[] = {
      {"ELF, cut", elf_head(62).substr(0, 63), "ends within its header"},
      {"ELF of 16 bits", elf_of(3, 1, elf_head(62)), "neither 32 nor 64 bits"},
      {"ELF of no byte order", elf_of(2, 0, elf_head(62)), "no byte order"},
      {"ELF with a table far away", far_table, "program headers reach beyond its end"},
      {"Mach-O, cut", bundle.substr(0, 31), "ends within its header"},
      {"Mach-O, cut in its commands", bundle.substr(0, 60), "load commands reach beyond its end"},
      {"Mach-O with 4 billion commands", many, "load commands reach beyond its end"},
      {"Mach-O with a tiny command", tiny.file(), "smaller than its own header"},
      {"Mach-O with fewer commands than promised", short_of, "end before the last of them"},
      {"no slice", fat_head({}), "promises 0 slices"},
      {"17 slices", fat_header(std::vector<FatEntry>(17)), "promises 17 slices"},
      {"4 billion slices", big_endian(0xCAFEBABE) + std::string(4, '\xFF'), "promises 4294967295 slices"},
      {"as many of the wide kind, which is no Java", big_endian(0xCAFEBABF) + big_endian(65), "promises 65 slices"},
      {"cut after the count", fat_head({kMachArm64}).substr(0, 8), "ends within its header"},
      {"cut in the count", fat_head({kMachArm64}).substr(0, 7), "ends within its header"},
      {"cut in the last slice", fat.substr(0, fat.size() - 1), "arm64 slice reaches beyond its end"},
      {"empty slice", fat_header({{kMachArm64, 0, 64, 0}}), "arm64 slice is empty", true},
      {"a slice in the header", fat_header({{kMachArm64, 0, 8, 64}}), "lies in its header", true},
      {"overlapping", fat_header({{kMachX86_64, 3, 64, 64}, {kMachArm64, 0, 127, 64}}), "x86_64 and arm64 overlap", true},
      {"beyond 64 bits", fat_header({{kMachArm64, 0, ~std::uint64_t{0}, 2}}, true), "reaches beyond its end", true},
      {"the same twice", fat_header({{kMachArm64, 0, 64, 8}, {kMachArm64, 0, 128, 8}}), "holds arm64 twice", true},
      {"archive, cut in a header", kArchive + archive_member("a/", "").substr(0, 59), "ends within a member's header"},
      {"archive, cut in a member", kArchive + archive_member("a/", "1234").substr(0, 62), "makes no sense"},
      {"archive without sizes", kArchive + std::string(60, ' '), "makes no sense"},
      {"archive with a name longer than its member", kArchive + archive_member("#1/9", "1234"), "makes no sense"},
  };
  for (const auto& row : rows) {
    const ExecutableFile file = read_executable(row.bytes, row.goes_on ? ByteSource::kUnknownSize : row.bytes.size());
    EXPECT_NE(file.reason.find(row.reason), std::string::npos) << row.name << ": " << file.reason;
    EXPECT_TRUE(file.slices.empty()) << row.name;
  }
}

// One bad slice does not spoil the others.
TEST(ReadExecutable, AUniversalFileNamesItsBadSlice) {
  const std::string arm64 = mach_o_file(kMachArm64);
  const struct {
    const char* name;
    std::string slice;
    const char* reason;
  } rows[] = {
      {"of another architecture", mach_o_file(kMachX86_64), "holds x86_64 instead"},
      {"an archive of another", kArchive + archive_member("a.o/", mach_o_file(kMachX86_64)), "holds x86_64 instead"},
      {"nested", fat_file({kMachArm64}, {arm64}), "is a universal file in a universal file"},
      {"text", "#!/bin/sh\necho hello\n", "holds no Mach-O file"},
      {"cut", arm64.substr(0, 20), "ends within its header"},
  };
  for (const auto& row : rows) {
    const std::string whole = fat_file({kMachX86_64, kMachArm64}, {mach_o_file(kMachX86_64), row.slice});
    const ExecutableFile file = read_executable(whole, whole.size());
    ASSERT_EQ(file.slices.size(), 2u) << row.name;
    EXPECT_EQ(file.slices[0].reason, "") << row.name;
    EXPECT_EQ(file.slices[1].arch, "arm64") << row.name;
    EXPECT_EQ(file.slices[1].reason, row.reason) << row.name;
  }
}

// Each prefix is a string of its own, so that a sanitizer sees a read beyond its end.
TEST(ReadExecutable, TruncatedAnywhere) {
  const std::string arm64 = mach_o_file(kMachArm64);
  for (const std::string& whole : {elf_program(), arm64, fat_file({kMachX86_64, kMachArm64}, {mach_o_file(kMachX86_64), arm64}),
                                   kArchive + archive_member("long.o", arm64, true)}) {
    const Names all = names_of(read_executable(whole));
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const std::vector<char> head(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      const ExecutableFile file = read_executable({head.data(), head.size()}, size);
      const Names names = names_of(file);
      ASSERT_LE(names.size(), all.size()) << size;
      EXPECT_TRUE(std::equal(names.begin(), names.end(), all.begin())) << size;
      EXPECT_TRUE(file.reason.empty() || names.empty()) << size;
    }
  }
}

}  // namespace
}  // namespace m1bench

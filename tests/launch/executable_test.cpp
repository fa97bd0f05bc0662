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

TEST(ExecutableArchitectures, FromTheFirstBytes) {
  struct Row {
    const char* name;
    std::string head;
    bool mach_o;
    Names names;
  };
  const Row rows[] = {
      {"ELF x86_64", elf_head(62), false, {"x86_64"}},
      {"ELF arm64", elf_head(183), false, {"arm64"}},
      {"ELF riscv", elf_head(243), false, {}},
      {"ELF, 32 bits",
       "\x7F"
       "ELF\x01\x01" +
           elf_head(62).substr(6),
       false,
       {}},
      {"ELF, big endian",
       "\x7F"
       "ELF\x02\x02" +
           elf_head(183).substr(6),
       false,
       {}},
      {"thin Mach-O arm64", mach_o_head(kMachArm64), true, {"arm64"}},
      {"thin Mach-O x86_64", mach_o_head(kMachX86_64), true, {"x86_64"}},
      {"thin Mach-O powerpc64", mach_o_head(0x01000012), true, {}},
      {"universal", fat_head({kMachX86_64, kMachArm64}), true, {"x86_64", "arm64"}},
      {"universal with a stranger", fat_head({0x01000012, kMachArm64}), true, {"arm64"}},
      {"universal with nothing", fat_head({}), true, {}},
      {"universal, one slice promised but absent", fat_head({kMachArm64}).substr(0, 8), true, {}},
      {"Java class", std::string("\xCA\xFE\xBA\xBE\x00\x00\x00\x41\x00\x20", 10), true, {}},
      {"script", "#!/bin/sh\nexit 0\n", false, {}},
      {"empty", "", false, {}},
  };
  for (const Row& row : rows) {
    const ExecutableArchitectures found = executable_architectures(row.head);
    EXPECT_EQ(found.mach_o, row.mach_o) << row.name;
    EXPECT_EQ(found.names, row.names) << row.name;
  }
}

// Each prefix is a string of its own, so that a sanitizer sees a read beyond its end; and no prefix names more than the whole.
TEST(ExecutableArchitectures, TruncatedAnywhere) {
  for (const std::string& whole : {elf_head(62), mach_o_head(kMachArm64), fat_head({kMachX86_64, kMachArm64, kMachArm64})}) {
    const Names all = executable_architectures(whole).names;
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const std::vector<char> head(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      const Names names = executable_architectures({head.data(), head.size()}).names;
      ASSERT_LE(names.size(), all.size()) << size;
      EXPECT_TRUE(std::equal(names.begin(), names.end(), all.begin())) << size;
    }
  }
}

// What lies beyond the end, here the rest of the header, is not looked at.
TEST(ExecutableArchitectures, NothingIsNamedByAPartOfItsBytes) {
  const std::string elf = elf_head(62), thin = mach_o_head(kMachArm64), fat = fat_head({kMachArm64});
  EXPECT_TRUE(executable_architectures(std::string_view(elf).substr(0, 19)).names.empty());
  EXPECT_TRUE(executable_architectures(std::string_view(thin).substr(0, 7)).names.empty());
  EXPECT_TRUE(executable_architectures(std::string_view(fat).substr(0, 11)).names.empty());
}

TEST(ExecutableArchitectures, AFatHeaderThatPromisesTooMuchHoldsNothing) {
  std::string head = fat_head({kMachArm64});
  head.replace(4, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_TRUE(executable_architectures(head).names.empty());
}

}  // namespace
}  // namespace m1bench

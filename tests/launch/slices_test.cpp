// SPDX-License-Identifier: Apache-2.0
#include "launch/slices.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "platform/files.hpp"
#include "support/executables.hpp"

namespace m1bench {
namespace {

// An installed tree with made-up files in it.
class Tree {
 public:
  std::string add(const std::string& path, const std::string& head) {
    const std::string whole = folder_.path() + "/" + path;
    make_directories(parent_directory(whole));
    write_file(whole, std::array<std::string_view, 1>{head});
    return whole;
  }

 private:
  TemporaryDirectory folder_;
};

std::vector<std::string> names_of(const std::vector<SliceFile>& files) {
  std::vector<std::string> names;
  for (const SliceFile& file : files) names.push_back(file.slice);
  return names;
}

using Names = std::vector<std::string>;

TEST(Slices, CanonicalNames) {
  const std::pair<const char*, const char*> rows[] = {
      {"aarch64", "arm64"},       {"aarch64-dotprod", "arm64-dotprod"},     {"arm64", "arm64"},
      {"x86_64-v2", "x86_64-v2"}, {"aarch64/qemu-user", "arm64/qemu-user"}, {"", ""},
      {"aarch6", "aarch6"},
  };
  for (const auto& [given, canonical] : rows) EXPECT_EQ(canonical_slice(given), canonical) << given;
}

TEST(Slices, TiersRiseWithinAnArchitecture) {
  int tier = -1;
  std::string_view arch;
  for (const SliceKind& kind : slice_kinds()) {
    if (kind.arch == arch) {
      EXPECT_GT(kind.tier, tier) << kind.name;
    }
    arch = kind.arch;
    tier = kind.tier;
    EXPECT_EQ(find_slice_kind(kind.name), &kind);
  }
  EXPECT_EQ(find_slice_kind("x86_64-v5"), nullptr);
  EXPECT_EQ(find_slice_kind(""), nullptr);
}

TEST(Slices, BesideTheFolderOfTheProgram) {
  Tree tree;
  const std::string program = tree.add("bin/m1bench", elf_head(62));
  EXPECT_TRUE(find_slices(program).empty());
  const std::string v4 = tree.add("libexec/m1bench/m1bench-x86_64-v4", elf_head(62));
  const std::string arm = tree.add("libexec/m1bench/m1bench-arm64", elf_head(183));
  tree.add("libexec/m1bench/m1bench-x86_64-v9", elf_head(62));
  const std::vector<SliceFile> found = find_slices(program);
  ASSERT_EQ(names_of(found), (Names{"arm64", "x86_64-v4"}));
  EXPECT_EQ(found[0].path, arm);
  EXPECT_EQ(found[1].path, v4);
}

TEST(Slices, InsideAUniversalFile) {
  Tree tree;
  const std::string program = tree.add("bin/m1bench", fat_head({kMachX86_64, kMachArm64}));
  const std::string v3 = tree.add("libexec/m1bench/m1bench-x86_64-v3", mach_o_head(kMachX86_64));
  tree.add("libexec/m1bench/m1bench-arm64", mach_o_head(kMachArm64));
  const std::vector<SliceFile> found = find_slices(program);
  ASSERT_EQ(names_of(found), (Names{"arm64", "x86_64-v2", "x86_64-v3"}));
  EXPECT_EQ(found[0].path, program) << "the universal file's own slice comes before a separate one";
  EXPECT_EQ(found[1].path, program);
  EXPECT_EQ(found[2].path, v3);
}

}  // namespace
}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "platform/cpuid.hpp"

#include <gtest/gtest.h>

#include <map>

namespace m1bench {
namespace {

using Leaves = std::map<std::uint32_t, CpuidRegisters>;

CpuidSource source_of(const Leaves& leaves, std::uint64_t xcr0) {
  return {[leaves](std::uint32_t leaf, std::uint32_t) -> std::optional<CpuidRegisters> {
            const auto found = leaves.find(leaf);
            return found == leaves.end() ? CpuidRegisters{} : found->second;
          },
          [xcr0] { return xcr0; }};
}

// All that x86_64-v4 needs and nothing else, every bit from the psABI.
Leaves v4_leaves() {
  return {{0x00000000, {7, 0, 0, 0}},
          {0x00000001, {0, 0, 0x38D83201 | 1u << 12 | 1u << 13, 0}},
          {0x00000007, {0, 0xD0030128, 0, 0}},
          {0x80000000, {0x80000004, 0, 0, 0}},
          {0x80000001, {0, 0, 0x21, 0}}};
}
constexpr std::uint64_t kAllSaved = 0xE7;

TEST(Cpuid, TiersNeedTheOperatingSystem) {
  const std::pair<std::uint64_t, const char*> rows[] = {
      {kAllSaved, "x86_64-v2 x86_64-v3 x86_64-v4"}, {0x07, "x86_64-v2 x86_64-v3"}, {0x03, "x86_64-v2"}, {0, "x86_64-v2"}};
  for (const auto& [xcr0, tiers] : rows) EXPECT_EQ(cpuid_tiers(source_of(v4_leaves(), xcr0)), tiers) << xcr0;
}

TEST(Cpuid, EveryFeatureCounts) {
  struct Row {
    std::uint32_t leaf;
    std::uint32_t CpuidRegisters::*where;
    std::vector<int> bits;
    const char* left;  // when one of them is missing
  };
  const Row rows[] = {{1, &CpuidRegisters::ecx, {0, 9, 13, 19, 20, 23}, ""},
                      {0x80000001, &CpuidRegisters::ecx, {0}, ""},
                      {1, &CpuidRegisters::ecx, {12, 22, 27, 28, 29}, "x86_64-v2"},
                      {7, &CpuidRegisters::ebx, {3, 5, 8}, "x86_64-v2"},
                      {0x80000001, &CpuidRegisters::ecx, {5}, "x86_64-v2"},
                      {7, &CpuidRegisters::ebx, {16, 17, 28, 30, 31}, "x86_64-v2 x86_64-v3"}};
  for (const Row& row : rows) {
    for (const int bit : row.bits) {
      Leaves leaves = v4_leaves();
      ASSERT_NE(leaves[row.leaf].*row.where >> bit & 1, 0u) << row.leaf << " bit " << bit;
      leaves[row.leaf].*row.where &= ~(1u << bit);
      EXPECT_EQ(cpuid_tiers(source_of(leaves, kAllSaved)), row.left) << row.leaf << " bit " << bit;
    }
  }
}

TEST(Cpuid, LeavesBeyondTheRangeAreNotBelieved) {
  Leaves leaves = v4_leaves();
  leaves[0].eax = 6;
  EXPECT_EQ(cpuid_tiers(source_of(leaves, kAllSaved)), "x86_64-v2");
  leaves[0x80000000].eax = 0;
  EXPECT_EQ(cpuid_tiers(source_of(leaves, kAllSaved)), "");
}

TEST(Cpuid, Names) {
  const auto word = [](const char* text) {
    std::uint32_t value = 0;
    for (int i = 3; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(text[i]);
    return value;
  };
  Leaves leaves = v4_leaves();
  leaves[0x80000002] = {word("  Vi"), word("rtua"), word("lApp"), word("le @")};
  leaves[0x80000003] = {word(" 2.5"), word("0GHz"), word("    "), word("   \0")};
  leaves[0x40000000] = {0x40000001, word("KVMK"), word("VMKV"), word("M\0\0\0")};
  EXPECT_EQ(cpuid_brand(source_of(leaves, 0)), "VirtualApple @ 2.50GHz");
  EXPECT_EQ(cpuid_hypervisor(source_of(leaves, 0)), "KVMKVMKVM");
  EXPECT_EQ(cpuid_brand(source_of({}, 0)), "");
}

}  // namespace
}  // namespace m1bench

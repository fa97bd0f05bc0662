// SPDX-License-Identifier: Apache-2.0
#include "platform/cpuid.hpp"

#include <algorithm>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace m1bench {
namespace {

void append_text(std::string& text, std::uint32_t value) {
  for (int byte = 0; byte < 4; ++byte) text += static_cast<char>(value >> (8 * byte) & 0xFF);
}

// Without the zeros and blanks that pad it.
std::string without_padding(std::string text) {
  text.erase(std::min(text.find('\0'), text.size()));
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

enum Register { kEbx, kEcx };

struct Feature {
  int tier;
  std::uint32_t leaf;
  Register where;
  int bit;
};

constexpr std::uint32_t kFeatures = 1, kMoreFeatures = 7, kExtended = 0x80000001;

// x86-64 psABI, "Micro-Architecture Levels"; bits from Intel's manual, volume 2, CPUID.
constexpr Feature kTiers[] = {
    {2, kFeatures, kEcx, 0},       // SSE3
    {2, kFeatures, kEcx, 9},       // SSSE3
    {2, kFeatures, kEcx, 13},      // CMPXCHG16B
    {2, kFeatures, kEcx, 19},      // SSE4.1
    {2, kFeatures, kEcx, 20},      // SSE4.2
    {2, kFeatures, kEcx, 23},      // POPCNT
    {2, kExtended, kEcx, 0},       // LAHF and SAHF
    {3, kFeatures, kEcx, 12},      // FMA
    {3, kFeatures, kEcx, 22},      // MOVBE
    {3, kFeatures, kEcx, 27},      // OSXSAVE
    {3, kFeatures, kEcx, 28},      // AVX
    {3, kFeatures, kEcx, 29},      // F16C
    {3, kMoreFeatures, kEbx, 3},   // BMI1
    {3, kMoreFeatures, kEbx, 5},   // AVX2
    {3, kMoreFeatures, kEbx, 8},   // BMI2
    {3, kExtended, kEcx, 5},       // LZCNT
    {4, kMoreFeatures, kEbx, 16},  // AVX512F
    {4, kMoreFeatures, kEbx, 17},  // AVX512DQ
    {4, kMoreFeatures, kEbx, 28},  // AVX512CD
    {4, kMoreFeatures, kEbx, 30},  // AVX512BW
    {4, kMoreFeatures, kEbx, 31},  // AVX512VL
};

// A leaf beyond the highest of its range answers with another leaf's registers, so it must not be asked for.
CpuidRegisters read_leaf(const CpuidSource& source, std::uint32_t leaf) {
  const auto range = source.cpuid(leaf & 0x80000000, 0);
  if (!range || range->eax < leaf) return {};
  return source.cpuid(leaf, 0).value_or(CpuidRegisters{});
}

bool has(const CpuidSource& source, const Feature& feature) {
  const CpuidRegisters registers = read_leaf(source, feature.leaf);
  return ((feature.where == kEbx ? registers.ebx : registers.ecx) >> feature.bit & 1) != 0;
}

// The OS must save the registers: XMM and YMM for v3, the mask registers and both parts of ZMM as well for v4.
bool is_saved(const CpuidSource& source, int tier) {
  if (tier < 3) return true;
  const std::uint64_t needed = tier == 3 ? 0x06 : 0xE6;
  return (source.xcr0() & needed) == needed;
}

}  // namespace

#if defined(__x86_64__)
CpuidSource own_cpuid() {
  const auto cpuid = [](std::uint32_t leaf, std::uint32_t subleaf) -> std::optional<CpuidRegisters> {
    CpuidRegisters r;
    __cpuid_count(leaf, subleaf, r.eax, r.ebx, r.ecx, r.edx);
    return r;
  };
  // XGETBV as assembly: its intrinsic needs a flag that would let the compiler use XSAVE elsewhere.
  const auto xcr0 = [] {
    std::uint32_t low = 0, high = 0;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return std::uint64_t{high} << 32 | low;
  };
  return {cpuid, xcr0};
}
#else
CpuidSource own_cpuid() {
  return {[](std::uint32_t, std::uint32_t) { return std::optional<CpuidRegisters>(); }, [] { return std::uint64_t{0}; }};
}
#endif

std::string cpuid_brand(const CpuidSource& source) {
  std::string text;
  for (std::uint32_t leaf = 0x80000002; leaf <= 0x80000004; ++leaf) {
    const CpuidRegisters registers = read_leaf(source, leaf);
    for (const std::uint32_t value : {registers.eax, registers.ebx, registers.ecx, registers.edx}) append_text(text, value);
  }
  return without_padding(text);
}

// Not held back by the feature bit "hypervisor": some translators name themselves here without setting it.
std::string cpuid_hypervisor(const CpuidSource& source) {
  const auto registers = source.cpuid(0x40000000, 0);
  if (!registers) return "";
  std::string text;
  for (const std::uint32_t value : {registers->ebx, registers->ecx, registers->edx}) append_text(text, value);
  return text.substr(0, text.find('\0'));
}

std::string cpuid_tiers(const CpuidSource& source) {
  std::string tiers;
  for (int tier = 2; tier <= 4; ++tier) {
    for (const Feature& feature : kTiers) {
      if (feature.tier == tier && !has(source, feature)) return tiers;
    }
    if (!is_saved(source, tier)) return tiers;
    tiers += (tiers.empty() ? "x86_64-v" : " x86_64-v") + std::to_string(tier);
  }
  return tiers;
}

}  // namespace m1bench

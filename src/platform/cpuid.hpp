// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

// What an x86 CPU, or whoever plays one, says of itself. The reading is separate, so that the rest is tested everywhere.
namespace m1bench {

struct CpuidRegisters {
  std::uint32_t eax = 0, ebx = 0, ecx = 0, edx = 0;
};

struct CpuidSource {
  std::function<std::optional<CpuidRegisters>(std::uint32_t leaf, std::uint32_t subleaf)> cpuid;  // nothing: not an x86 CPU
  std::function<std::uint64_t()> xcr0;  // asked for only where CPUID says that XGETBV exists
};
CpuidSource own_cpuid();

std::string cpuid_brand(const CpuidSource& source);       // "AMD EPYC 7763"; "" if it has none
std::string cpuid_hypervisor(const CpuidSource& source);  // leaf 0x40000000: "KVMKVMKVM"; on real machines, anything

// The psABI levels whose every feature is advertised and saved by the OS: "x86_64-v2 x86_64-v3". A level counts only with
// those below it.
std::string cpuid_tiers(const CpuidSource& source);

}  // namespace m1bench

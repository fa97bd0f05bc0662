// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <vector>

#include "platform/linux_facts.hpp"

namespace m1bench {
namespace {

struct ArmPart {
  unsigned implementer, part;  // fields of the register MIDR_EL1
  const char* name;
};

// Arm's own numbers are in the reference manual of each core, Apple's in Linux's arch/arm64/include/asm/cputype.h.
constexpr ArmPart kParts[] = {
    {0x41, 0xd03, "Cortex-A53"},
    {0x41, 0xd05, "Cortex-A55"},
    {0x41, 0xd07, "Cortex-A57"},
    {0x41, 0xd08, "Cortex-A72"},
    {0x41, 0xd09, "Cortex-A73"},
    {0x41, 0xd0a, "Cortex-A75"},
    {0x41, 0xd0b, "Cortex-A76"},
    {0x41, 0xd0c, "Neoverse-N1"},
    {0x41, 0xd0d, "Cortex-A77"},
    {0x41, 0xd40, "Neoverse-V1"},
    {0x41, 0xd41, "Cortex-A78"},
    {0x41, 0xd44, "Cortex-X1"},
    {0x41, 0xd46, "Cortex-A510"},
    {0x41, 0xd47, "Cortex-A710"},
    {0x41, 0xd48, "Cortex-X2"},
    {0x41, 0xd49, "Neoverse-N2"},
    {0x41, 0xd4d, "Cortex-A715"},
    {0x41, 0xd4e, "Cortex-X3"},
    {0x41, 0xd4f, "Neoverse-V2"},
    {0x41, 0xd80, "Cortex-A520"},
    {0x41, 0xd81, "Cortex-A720"},
    {0x41, 0xd82, "Cortex-X4"},
    {0x61, 0x022, "Apple M1 Icestorm"},
    {0x61, 0x023, "Apple M1 Firestorm"},
    {0x61, 0x024, "Apple M1 Pro Icestorm"},
    {0x61, 0x025, "Apple M1 Pro Firestorm"},
    {0x61, 0x028, "Apple M1 Max Icestorm"},
    {0x61, 0x029, "Apple M1 Max Firestorm"},
    {0x61, 0x032, "Apple M2 Blizzard"},
    {0x61, 0x033, "Apple M2 Avalanche"},
    {0x61, 0x034, "Apple M2 Pro Blizzard"},
    {0x61, 0x035, "Apple M2 Pro Avalanche"},
    {0x61, 0x038, "Apple M2 Max Blizzard"},
    {0x61, 0x039, "Apple M2 Max Avalanche"},
    {0xc0, 0xac3, "Ampere-1"},
};

std::string part_name(const std::string& implementer, const std::string& part) {
  const auto number = [](const std::string& text) {
    unsigned value = 0;
    if (text.starts_with("0x")) std::from_chars(text.data() + 2, text.data() + text.size(), value, 16);
    return value;
  };
  for (const ArmPart& known : kParts) {
    if (known.implementer == number(implementer) && known.part == number(part)) return known.name;
  }
  return "implementer " + implementer + " part " + part;
}

}  // namespace

// One block of lines per CPU. Different kinds of core are named in the order of their numbers.
std::string parse_arm_cpuinfo(std::string_view cpuinfo) {
  std::vector<std::string> names;
  while (!cpuinfo.empty()) {
    const std::size_t end = std::min(cpuinfo.find("\n\n"), cpuinfo.size());
    const auto block = parse_key_value_lines(cpuinfo.substr(0, end), ':');
    cpuinfo.remove_prefix(std::min(end + 2, cpuinfo.size()));
    const auto implementer = block.find("CPU implementer"), part = block.find("CPU part");
    if (implementer == block.end() || part == block.end()) continue;
    const std::string name = part_name(implementer->second, part->second);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : " + ") + name;
  return joined;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace m1bench {

// Which architectures an executable holds, from its first bytes (4096 are enough): ELF and thin Mach-O hold one, a
// universal (fat) Mach-O several. Names as elsewhere in m1bench: "arm64", "x86_64"; others are left out. Empty for
// anything that is not a 64-bit executable of those kinds. Pure; never reads beyond `head`.
// Sources: System V ABI, "ELF Header"; Apple, <mach-o/fat.h> and <mach-o/loader.h>.
struct ExecutableArchitectures {
  bool mach_o = false;
  std::vector<std::string> names;
};
ExecutableArchitectures executable_architectures(std::string_view head);

}  // namespace m1bench

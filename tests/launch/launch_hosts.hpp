// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "launch/slices.hpp"
#include "launch/translators.hpp"

// Machines to match the tables of translators and targets against.
namespace m1bench {

// A machine on which just `programs` are installed.
inline LaunchHost host_with(const std::string& os, const std::string& arch, std::vector<std::string> programs,
                            std::vector<BinfmtEntry> binfmt = {}) {
  LaunchHost host;
  host.os = os;
  host.arch = arch;
  host.find_program = [programs](const std::string& name) -> std::optional<std::string> {
    if (std::find(programs.begin(), programs.end(), name) == programs.end()) return std::nullopt;
    return name.front() == '/' ? name : "/usr/bin/" + name;
  };
  host.binfmt = std::move(binfmt);
  return host;
}

inline LaunchHost bare_linux() { return host_with("linux", "x86_64", {}); }
inline LaunchHost qemu_linux() { return host_with("linux", "x86_64", {"qemu-aarch64", "qemu-x86_64"}); }
inline LaunchHost arm_linux() {
  return host_with("linux", "arm64", {"box64", "FEXInterpreter", "qemu-x86_64-static"},
                   {{"RosettaLinux", "/media/rosetta/rosetta", "7f454c46", true}});
}
inline LaunchHost apple_silicon() { return host_with("macos", "arm64", {"/usr/bin/arch"}); }
inline LaunchHost intel_mac() { return host_with("macos", "x86_64", {"/usr/bin/arch"}); }

inline std::vector<SliceFile> slices_of_linux() {
  std::vector<SliceFile> files;
  for (const char* slice : {"arm64", "x86_64-v2", "x86_64-v3", "x86_64-v4"})
    files.push_back({slice, std::string("/opt/m1bench-") + slice});
  return files;
}

inline std::vector<SliceFile> slices_of_macos() {
  return {
      {"arm64", "/opt/bin/m1bench"}, {"x86_64-v2", "/opt/bin/m1bench"}, {"x86_64-v3", "/opt/libexec/m1bench/m1bench-x86_64-v3"}};
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "app/fake_machine.hpp"

#include <string>

namespace m1bench {

LaunchHost fake_host() {
  LaunchHost host;
  host.os = "linux";
  host.arch = "x86_64";
  host.find_program = [](const std::string& program) {
    return program.starts_with("qemu-") ? std::optional<std::string>("/usr/bin/" + program) : std::nullopt;
  };
  return host;
}

std::vector<SliceFile> fake_slices() {
  std::vector<SliceFile> files;
  for (const char* slice : {"arm64", "x86_64-v2", "x86_64-v3", "x86_64-v4"}) {
    files.push_back({slice, std::string("/opt/m1bench/libexec/m1bench/m1bench-") + slice});
  }
  return files;
}

Tool fake_tool() {
  Tool tool;
  tool.version = "0.0.0";
  tool.build_id = "0000000000000000";
  tool.build_type = "Release";
  tool.compiler = "none";
  tool.translator = "native";
  return tool;
}

Machine fake_machine() {
  Machine machine;
  machine.os = "Fake Linux 1";
  machine.kernel = "1.0";
  machine.arch = "x86_64";
  machine.cpu = "Fake CPU";
  machine.logical_cpus = 4;
  machine.levels.push_back({"", 4, std::uint64_t{32} << 10, std::uint64_t{1} << 20, std::uint64_t{16} << 20});
  machine.id = "0000000000000000";
  machine.memory_bytes = std::uint64_t{8} << 30;
  machine.governor = "performance";
  machine.turbo = false;
  machine.smt = true;
  machine.timer_resolution_s = 1e-9;
  machine.before = {0.25, 0.0, {{"cpu", 40.0}}, std::nullopt, false, std::nullopt};
  machine.after = machine.before;
  return machine;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "audit/code.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

std::string family(const std::string& arch) { return arch == "arm64e" ? "arm64" : arch == "x86_64h" ? "x86_64" : arch; }

}  // namespace

bool Code::has(const std::string& architecture) const {
  return std::binary_search(architectures.begin(), architectures.end(), architecture);
}

bool Code::shares_with(const Code& other) const {
  return system == other.system &&
         std::any_of(architectures.begin(), architectures.end(), [&](const std::string& one) { return other.has(one); });
}

bool Code::is_dead() const { return system == System::macos && !architectures.empty() && !has("arm64") && !has("x86_64"); }

Code code_of(const ExecutableFile& file) {
  Code code;
  for (const ExecutableSlice& slice : file.slices) {
    if (slice.elf) code.system = System::linux;
    code.architectures.push_back(family(slice.arch));
  }
  std::sort(code.architectures.begin(), code.architectures.end());
  code.architectures.erase(std::unique(code.architectures.begin(), code.architectures.end()), code.architectures.end());
  return code;
}

std::string held_by(const Code& code) {
  if (code.architectures.empty()) return "no code";
  return code.architectures.size() == 1 ? code.architectures.front() + " only" : join_words(code.architectures);
}

std::string name_of(System system) { return system == System::macos ? "macOS" : "Linux"; }

bool is_loaded(const ExecutableFile& file) { return file.kind == ExecutableKind::library || file.kind == ExecutableKind::bundle; }

bool is_program(const ExecutableFile& file) { return file.kind == ExecutableKind::program; }

bool is_for_a_named_platform(const std::string& path) {
  constexpr std::array<std::string_view, 12> kWords{"linux", "darwin", "macos", "osx",   "win32",   "windows",
                                                    "amd64", "x86",    "i386",  "arm64", "aarch64", "i686"};
  const std::string name = path.substr(path.find_last_of('/') + 1);
  if (name.find(".cpython-") != std::string::npos || name.find(".pypy") != std::string::npos) return false;
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

}  // namespace m1bench

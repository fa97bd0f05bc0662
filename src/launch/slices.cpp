// SPDX-License-Identifier: Apache-2.0
#include "launch/slices.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "launch/executable.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

constexpr std::array<SliceKind, 5> kSlices{{
    {"arm64", "arm64", 0, false, "ARMV8"},
    {"arm64-dotprod", "arm64", 1, true, "ARMV8"},
    {"x86_64-v2", "x86_64", 2, false, "Nehalem"},
    {"x86_64-v3", "x86_64", 3, false, "Haswell"},
    {"x86_64-v4", "x86_64", 4, false, "SkylakeX"},
}};

// Of the universal file: the architectures inside stand for these tiers (cmake/Slices.cmake).
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kUniversalSlices{{
    {"arm64", "arm64"},
    {"x86_64", "x86_64-v2"},
}};

std::vector<std::string> slices_inside(const std::string& executable) {
  std::vector<std::string> slices;
  const ExecutableFile found = read_executable(read_head(executable, 4096));
  if (found.format != ExecutableFormat::mach_o && found.format != ExecutableFormat::universal) return slices;
  for (const auto& [arch, slice] : kUniversalSlices) {
    if (found.holds(arch)) slices.emplace_back(slice);
  }
  return slices;
}

}  // namespace

std::span<const SliceKind> slice_kinds() { return kSlices; }

const SliceKind* find_slice_kind(std::string_view name) {
  const auto found = std::find_if(kSlices.begin(), kSlices.end(), [&](const SliceKind& kind) { return kind.name == name; });
  return found == kSlices.end() ? nullptr : &*found;
}

std::string canonical_slice(std::string_view name) {
  constexpr std::string_view kAlias = "aarch64";
  if (name.substr(0, kAlias.size()) != kAlias) return std::string(name);
  return "arm64" + std::string(name.substr(kAlias.size()));
}

std::vector<SliceFile> find_slices(const std::string& executable) {
  const std::string libexec = parent_directory(parent_directory(executable)) + "/libexec/m1bench/m1bench-";
  const std::vector<std::string> inside = slices_inside(executable);
  std::vector<SliceFile> files;
  for (const SliceKind& kind : kSlices) {
    const std::string name(kind.name);
    if (std::find(inside.begin(), inside.end(), name) != inside.end()) {
      files.push_back({name, executable});
    } else if (file_exists(libexec + name)) {
      files.push_back({name, libexec + name});
    }
  }
  return files;
}

}  // namespace m1bench

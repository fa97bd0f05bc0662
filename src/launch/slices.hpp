// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace m1bench {

// A slice m1bench knows of. Within an architecture a higher tier may use every instruction of a lower one.
struct SliceKind {
  std::string_view name, arch;
  int tier;
  bool optional;  // not every build has it: not worth a word where it is missing
  std::string_view openblas_core;  // the kernels of OpenBLAS that keep to the tier, as OPENBLAS_CORETYPE names them
};
std::span<const SliceKind> slice_kinds();
const SliceKind* find_slice_kind(std::string_view name);

// "aarch64" is accepted wherever "arm64" is: the canonical spelling of a slice or target name.
std::string canonical_slice(std::string_view name);

// A slice that is there, and the file that holds it.
struct SliceFile {
  std::string slice, path;
};

// The slices that belong to the m1bench at `executable` (absolute, links resolved): ../libexec/m1bench/m1bench-<slice>
// beside its folder, and those in the file itself where that is a universal one. In slice_kinds() order.
std::vector<SliceFile> find_slices(const std::string& executable);

}  // namespace m1bench

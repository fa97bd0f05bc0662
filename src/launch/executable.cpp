// SPDX-License-Identifier: Apache-2.0
#include "launch/executable.hpp"

#include <algorithm>
#include <array>

#include "launch/executable_formats.hpp"

namespace m1bench {
namespace {

ExecutableFile thin(ExecutableFormat format, ExecutableSlice slice) {
  ExecutableFile file{format, slice.kind, {}, slice.reason};
  if (file.reason.empty()) file.slices.push_back(std::move(slice));
  return file;
}

}  // namespace

std::string_view name_of(ExecutableFormat format) {
  constexpr std::array<std::string_view, 5> kNames{"none", "ELF", "Mach-O", "universal Mach-O", "archive"};
  return kNames[static_cast<std::size_t>(format)];
}

std::string_view name_of(ExecutableKind kind) {
  constexpr std::array<std::string_view, 9> kNames{"unknown", "program", "library", "bundle", "object",
                                                   "archive", "core",    "symbols", "kernel"};
  return kNames[static_cast<std::size_t>(kind)];
}

bool ExecutableFile::holds(std::string_view arch) const {
  return std::any_of(slices.begin(), slices.end(), [&](const ExecutableSlice& slice) { return slice.arch == arch; });
}

std::string Part::read(std::uint64_t at, std::uint64_t count) const {
  if (at >= size || count == 0) return {};
  count = std::min(count, size - at);
  std::string bytes = source.read(offset + at, static_cast<std::size_t>(count));
  if (bytes.size() > count) bytes.resize(static_cast<std::size_t>(count));
  return bytes;
}

ExecutableFile read_executable(const ByteSource& source) {
  const Part whole{source, 0, source.size};
  const std::string magic = whole.read(0, kLongestMagic);
  if (is_elf(magic)) return thin(ExecutableFormat::elf, read_elf(whole));
  if (is_mach_o(magic)) return thin(ExecutableFormat::mach_o, read_mach_o(whole));
  if (is_universal(magic)) return read_universal(source);
  if (is_archive(magic)) return read_archive(whole);
  return {};
}

ExecutableFile read_executable(std::string_view head, std::uint64_t file_size) {
  return read_executable(ByteSource{file_size, [head](std::uint64_t offset, std::size_t count) {
                                      return offset < head.size() ? std::string(head.substr(offset, count)) : std::string();
                                    }});
}

}  // namespace m1bench

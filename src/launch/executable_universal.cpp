// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "launch/executable_formats.hpp"

namespace m1bench {
namespace {

constexpr std::uint32_t kFat = 0xCAFEBABE, kFat64 = 0xCAFEBABF, kMostSlices = 16;
constexpr std::uint64_t kHeader = 8;

// A Java class file starts with the same four bytes as a universal file. Its version follows, where the other has the
// number of its slices: 16 bits of a minor and 16 of a major number, which is 45 or more since the first Java.
bool is_java_class(std::uint32_t magic, std::uint32_t count) {
  constexpr std::uint32_t kFirstJava = 45, kFarFuture = 255;
  const std::uint32_t major = count & 0xFFFF;
  return magic == kFat && major >= kFirstJava && major <= kFarFuture;
}

ExecutableSlice read_entry(const Numbers& numbers, std::uint64_t at, bool wide) {
  ExecutableSlice slice;
  slice.arch = mach_o_arch(numbers.u32(at), numbers.u32(at + 4));
  slice.bits = mach_o_bits(numbers.u32(at));
  slice.offset = numbers.at(at + 8, wide ? 8 : 4).value_or(0);
  slice.size = numbers.at(at + (wide ? 16 : 12), wide ? 8 : 4).value_or(0);
  return slice;
}

// What is wrong with where the slices lie, or "".
std::string misplaced(const std::vector<ExecutableSlice>& slices, std::uint64_t header, std::uint64_t file_size) {
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const ExecutableSlice& slice = slices[i];
    if (slice.size == 0) return "its " + slice.arch + " slice is empty";
    if (slice.offset < header) return "its " + slice.arch + " slice lies in its header";
    if (beyond(slice.offset, slice.size, file_size)) return "its " + slice.arch + " slice reaches beyond its end";
    for (std::size_t other = 0; other < i; ++other) {
      const ExecutableSlice& before = slices[other];
      if (before.arch == slice.arch) return "holds " + slice.arch + " twice";
      const bool apart = before.offset >= slice.offset + slice.size || slice.offset >= before.offset + before.size;
      if (!apart) return "its slices " + before.arch + " and " + slice.arch + " overlap";
    }
  }
  return "";
}

// What lies at the slice's place, if the bytes reach so far: a Mach-O file or an archive of the promised architecture.
void look_inside(const ByteSource& source, ExecutableSlice& slice) {
  const Part part{source, slice.offset, slice.size};
  const std::string magic = part.read(0, kLongestMagic);
  if (magic.size() < kLongestMagic) return;
  if (is_archive(magic)) {
    const ExecutableFile archive = read_archive(part);
    slice.kind = ExecutableKind::archive;
    slice.reason = archive.reason;
    if (!archive.slices.empty() && !archive.holds(slice.arch)) slice.reason = "holds " + archive.slices.front().arch + " instead";
    return;
  }
  if (!is_mach_o(magic)) {
    slice.reason = is_universal(magic) ? "is a universal file in a universal file" : "holds no Mach-O file";
    return;
  }
  ExecutableSlice found = read_mach_o(part);
  if (found.arch.empty()) {  // its own header is cut off; the entry's word is all there is
    slice.reason = slice.size < 32 ? found.reason : "";
    return;
  }
  if (found.arch != slice.arch && found.reason.empty()) found.reason = "holds " + found.arch + " instead";
  found.arch = slice.arch;
  slice = std::move(found);
}

}  // namespace

bool is_universal(std::string_view magic) {
  const auto word = Numbers{magic, true}.at(0, 4);
  return word == kFat || word == kFat64;
}

ExecutableFile read_universal(const ByteSource& source) {
  const Part whole{source, 0, source.size};
  const std::string start = whole.read(0, kHeader);
  const Numbers first{start, true};
  const bool wide = first.u32(0) == kFat64;
  const std::uint32_t count = first.u32(4);
  ExecutableFile file;
  if (is_java_class(first.u32(0), count)) return file;
  file.format = ExecutableFormat::universal;
  const std::uint64_t entry = wide ? 32 : 20;
  if (start.size() == kHeader && (count == 0 || count > kMostSlices)) {
    file.reason = "promises " + std::to_string(count) + " slices";
    return file;
  }
  const std::string header = whole.read(0, kHeader + count * entry);
  if (start.size() < kHeader || header.size() < kHeader + count * entry) {
    file.reason = "ends within its header";
    return file;
  }
  for (std::uint32_t i = 0; i < count; ++i) file.slices.push_back(read_entry({header, true}, kHeader + i * entry, wide));
  file.reason = misplaced(file.slices, header.size(), source.size);
  if (!file.reason.empty()) {
    file.slices.clear();
    return file;
  }
  for (ExecutableSlice& slice : file.slices) look_inside(source, slice);
  file.kind = file.slices.front().kind;
  return file;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "launch/executable_formats.hpp"

namespace m1bench {
namespace {

constexpr std::string_view kMagic = "!<arch>\n";
constexpr std::uint64_t kHeader = 60;

// Columns of text, padded with blanks: a name of 16, times and owners, 10 digits of a size at 48, and two bytes that end it.
struct Member {
  std::string name;
  std::uint64_t at = 0, size = 0;  // of its contents; a BSD long name stands before them and counts as contents
  std::uint64_t next = 0;          // where the next header is
};

std::optional<std::uint64_t> number(std::string_view text) {
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Member> read_member(const Part& part, std::uint64_t at, std::string_view header) {
  constexpr std::string_view kEnd = "`\n", kLongName = "#1/";
  constexpr std::uint64_t kLongestName = 4096;
  const auto size = number(header.substr(48, 10));
  if (header.substr(58) != kEnd || !size || beyond(at + kHeader, *size, part.size)) return std::nullopt;
  Member member{std::string(header.substr(0, 16)), at + kHeader, *size, at + kHeader + *size + *size % 2};
  if (member.name.starts_with(kLongName)) {
    const auto length = number(std::string_view(member.name).substr(kLongName.size()));
    if (!length || *length > member.size || *length > kLongestName) return std::nullopt;
    member.name = part.read(member.at, *length);
    member.at += *length;
    member.size -= *length;
  }
  return member;
}

// Indices of symbols and of long names are no code.
bool is_index(const std::string& name) {
  return name.starts_with("__.SYMDEF") || name.starts_with("/ ") || name.starts_with("//") || name.starts_with("/SYM64/");
}

void add_slice(const Part& part, const Member& member, ExecutableFile& file) {
  const Part contents{part.source, part.offset + member.at, member.size};
  const std::string magic = contents.read(0, kLongestMagic);
  ExecutableSlice slice;
  if (is_elf(magic)) {
    slice = read_elf(contents);
  } else if (is_mach_o(magic)) {
    slice = read_mach_o(contents);
  } else {
    return;
  }
  slice.is_signed.reset();  // nobody signs objects
  if (!slice.arch.empty() && !file.holds(slice.arch)) file.slices.push_back(std::move(slice));
}

}  // namespace

bool is_archive(std::string_view magic) { return magic.starts_with(kMagic); }

ExecutableFile read_archive(const Part& part) {
  constexpr int kMostMembers = 16;  // all members of any real archive are alike
  ExecutableFile file{ExecutableFormat::archive, ExecutableKind::archive, {}, ""};
  std::uint64_t at = kMagic.size();
  for (int i = 0; i < kMostMembers && at < part.size; ++i) {
    const std::string header = part.read(at, kHeader);
    if (header.size() < kHeader && part.size != ByteSource::kUnknownSize && part.size - at < kHeader)
      file.reason = "ends within a member's header";
    if (header.size() < kHeader) break;
    const auto member = read_member(part, at, header);
    if (!member) {
      file.reason = "holds a member whose header makes no sense";
      break;
    }
    if (!is_index(member->name)) add_slice(part, *member, file);
    at = member->next;
  }
  if (!file.reason.empty()) file.slices.clear();
  return file;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "audit/wheel.hpp"

#include <algorithm>
#include <array>

#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

template <class Value>
void add_once(std::vector<Value>& values, const Value& value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

struct Ending {
  std::string_view ending;
  std::array<std::string_view, 2> architectures;
};
constexpr std::array<Ending, 9> kEndings{{
    {"_universal2", {"arm64", "x86_64"}},
    {"_universal", {"i386", "ppc"}},
    {"_intel", {"i386", "x86_64"}},
    {"_fat64", {"ppc64", "x86_64"}},
    {"_x86_64", {"x86_64"}},
    {"_arm64", {"arm64"}},
    {"_aarch64", {"arm64"}},
    {"_i386", {"i386"}},
    {"_i686", {"i386"}},
}};

void add_platform(const std::string& platform, WheelPlatforms& platforms) {
  if (platform == "any") platforms.any = true;
  if (platform.starts_with("macosx_")) add_once(platforms.systems, System::macos);
  if (platform.find("linux") != std::string::npos) add_once(platforms.systems, System::linux);
  const auto row =
      std::find_if(kEndings.begin(), kEndings.end(), [&](const Ending& known) { return platform.ends_with(known.ending); });
  if (row == kEndings.end()) return;
  for (const std::string_view name : row->architectures) {
    if (!name.empty()) add_once(platforms.architectures, std::string(name));
  }
}

}  // namespace

Distribution distribution_of(std::string_view folder) {
  Distribution distribution;
  distribution.folder = folder;
  folder.remove_prefix(folder.find_last_of('/') + 1);  // npos + 1 is 0
  folder = folder.substr(0, folder.rfind(".dist-info"));
  const std::size_t dash = std::min(folder.find('-'), folder.size());
  distribution.name = folder.substr(0, dash);
  distribution.version = folder.substr(std::min(dash + 1, folder.size()));
  return distribution;
}

std::vector<std::string> wheel_tags(std::string_view wheel) {
  constexpr std::string_view kTag = "Tag:";
  constexpr std::size_t kMostTags = 64, kLongestTag = 200;
  std::vector<std::string> tags;
  for (std::string_view line : lines_of(wheel)) {
    if (!line.starts_with(kTag) || tags.size() >= kMostTags) continue;
    line.remove_prefix(std::min(line.find_first_not_of(' ', kTag.size()), line.size()));
    if (!line.empty()) tags.emplace_back(line.substr(0, kLongestTag));
  }
  return tags;
}

// A line is a path, a hash and a size; a path with a comma or a quotation mark in it is quoted as in CSV, with marks doubled.
std::vector<std::string> recorded_natives(std::string_view record) {
  std::vector<std::string> natives;
  for (const std::string_view line : lines_of(record)) {
    std::string path;
    if (line.starts_with('"')) {
      for (std::size_t at = 1; at < line.size(); ++at) {
        if (line[at] == '"' && line.substr(at + 1, 1) != "\"") break;
        if (line[at] == '"') ++at;
        path += line[at];
      }
    } else {
      path = line.substr(0, line.find(','));
    }
    if (path.ends_with(".so") || path.ends_with(".dylib") || path.find(".so.") != std::string::npos)
      natives.push_back(std::move(path));
  }
  return natives;
}

WheelPlatforms wheel_platforms(const std::vector<std::string>& tags) {
  WheelPlatforms platforms;
  for (const std::string& tag : tags) {
    for (const std::string& platform : split(tag.substr(tag.find_last_of('-') + 1), '.')) add_platform(platform, platforms);
  }
  return platforms;
}

}  // namespace m1bench

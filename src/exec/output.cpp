// SPDX-License-Identifier: Apache-2.0
#include "exec/output.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>
#include <cstring>
#include <utility>

namespace m1bench {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
// Odd constants with as many ones as zeros; one multiplication spreads a word's low bits, the rotation brings the high ones back.
constexpr std::uint64_t kFirst = 0xBF58476D1CE4E5B9, kSecond = 0x94D049BB133111EB;

// Fit for a sentence, and no two texts look the same in it: \n, \x01, \\.
std::string escaped(std::string_view text) {
  constexpr std::array<std::pair<char, const char*>, 4> kNamed{{{'\n', "\\n"}, {'\r', "\\r"}, {'\t', "\\t"}, {'\\', "\\\\"}}};
  std::string plain;
  for (const char c : text) {
    const auto named = std::find_if(kNamed.begin(), kNamed.end(), [c](const auto& row) { return row.first == c; });
    const auto byte = static_cast<unsigned char>(c);
    char number[5] = "";
    if (byte < ' ' || byte > '~') std::snprintf(number, sizeof number, "\\x%02X", byte);
    if (named != kNamed.end()) plain += named->second;
    else if (*number != '\0') plain += number;
    else plain += c;
  }
  return plain;
}

// The line that holds byte `at`, without what surrounds it.
std::string line_around(const std::string& text, std::size_t at) {
  constexpr std::size_t kShown = 60;
  if (at >= text.size()) return "";
  const auto before = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  const std::size_t end = std::min(text.find('\n', begin), text.size());
  // Of a long line, the part in which the difference is.
  const std::size_t shown = at - begin > kShown / 2 ? at - kShown / 2 : begin;
  const std::string_view line = std::string_view(text).substr(shown, std::max(end, shown) - shown);
  return (shown > begin ? "..." : "") + escaped(line.substr(0, kShown)) + (line.size() > kShown ? "..." : "");
}

std::string shown(const Output& output, std::size_t at) {
  return at >= output.beginning().size() ? "nothing more" : "'" + line_around(output.beginning(), at) + "'";
}

}  // namespace

void Output::mix(std::uint64_t word) { state_ = std::rotl(state_ ^ (word * kFirst), 29) * kSecond; }

void Output::add(std::string_view bytes) {
  bytes_ += bytes.size();
  beginning_.append(bytes.substr(0, keep_ - std::min(keep_, beginning_.size())));
  if (!rest_.empty()) {
    const std::size_t more = std::min(kWord - rest_.size(), bytes.size());
    rest_.append(bytes.substr(0, more));
    bytes.remove_prefix(more);
    if (rest_.size() < kWord) return;
    std::uint64_t word = 0;
    std::memcpy(&word, rest_.data(), kWord);
    mix(word);
    rest_.clear();
  }
  for (; bytes.size() >= kWord; bytes.remove_prefix(kWord)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), kWord);
    mix(word);
  }
  rest_ = bytes;
}

std::string Output::checksum(int exit_code) const {
  Output last = *this;
  std::uint64_t word = 0;
  std::memcpy(&word, rest_.data(), rest_.size());
  last.mix(word);
  last.mix(bytes_);
  last.mix(static_cast<std::uint64_t>(exit_code));
  last.mix(0);
  char text[kWord * 2 + 1];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(last.state_));
  return text;
}

std::string difference(const Output& expected, const Output& got) {
  const std::string &want = expected.beginning(), &have = got.beginning();
  const std::size_t common = std::min(want.size(), have.size());
  const auto at = static_cast<std::size_t>(std::mismatch(want.begin(), want.begin() + static_cast<std::ptrdiff_t>(common), have.begin()).first - want.begin());
  if (at == common && want.size() == have.size()) return "after the first " + std::to_string(common) + " bytes";
  const auto line = 1 + std::count(want.begin(), want.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  return "in line " + std::to_string(line) + " (byte " + std::to_string(at + 1) + "): " + shown(got, at) + ", not " + shown(expected, at);
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "platform/sha256.hpp"

#include <memory>
#include <utility>
#include <vector>

#include "platform/process.hpp"

namespace m1bench {
namespace {

// Asks `command`, which is given `line` to read if there is one.
std::optional<std::string> answer_of(std::vector<std::string> command, const std::string* line) {
  constexpr double kPatience_s = 30;
  constexpr std::size_t kLongest = 1 << 16;  // the digits and a path
  Child::SpawnError error;
  const std::unique_ptr<Child> child = Child::spawn({std::move(command), {}, {}}, error);
  if (child == nullptr) return std::nullopt;
  if (line != nullptr && !child->write_line(*line, kPatience_s)) return std::nullopt;
  child->close_input();
  std::string told;
  if (child->read_line(told, kLongest, kPatience_s) != ReadStatus::line) return std::nullopt;
  if (child->finish(kPatience_s).exit_code != 0) return std::nullopt;
  return parse_sha256_line(told);
}

std::optional<std::string> sha256(const std::vector<std::string>& files, const std::string* line) {
  // GNU and BusyBox; Perl, on every Mac.
  for (std::vector<std::string> command : {std::vector<std::string>{"sha256sum"}, {"shasum", "-a", "256"}}) {
    command.insert(command.end(), files.begin(), files.end());
    if (const auto digits = answer_of(std::move(command), line)) return digits;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> sha256_of_file(const std::string& path) { return sha256({"--", path}, nullptr); }

std::optional<std::string> sha256_of_line(const std::string& line) { return sha256({}, &line); }

// "DIGITS  FILE", with a backslash in front where the file's name had to be escaped.
std::optional<std::string> parse_sha256_line(std::string_view line) {
  constexpr std::size_t kDigits = 64;
  if (line.starts_with('\\')) line.remove_prefix(1);
  if (line.find_first_not_of("0123456789abcdef") != kDigits || line[kDigits] != ' ') return std::nullopt;
  return std::string(line.substr(0, kDigits));
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "platform/host.hpp"
#include "platform/linux_facts.hpp"

namespace m1bench {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string_view unquote(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == text.back() && (text.front() == '"' || text.front() == '\'');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view piece = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return piece;
}

// The number that `text` begins with, which is removed from it.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

std::optional<std::uint64_t> scaled(std::uint64_t number, int shift) {
  if (number > (~std::uint64_t{0} >> shift)) return std::nullopt;
  return number << shift;
}

}  // namespace

std::map<std::string, std::string> parse_key_value_lines(std::string_view text, char separator) {
  std::map<std::string, std::string> values;
  while (!text.empty()) {
    std::string_view line = trim(take_until(text, '\n'));
    if (line.empty() || line.front() == '#' || line.find(separator) == std::string_view::npos) continue;
    const std::string_view key = trim(take_until(line, separator));
    values.emplace(key, unquote(trim(line)));  // the first of equal keys stays
  }
  return values;
}

std::string parse_cpuinfo_model(std::string_view cpuinfo) {
  const auto values = parse_key_value_lines(cpuinfo, ':');
  for (const char* key : {"model name", "cpu model", "uarch"}) {  // x86; MIPS and LoongArch; RISC-V
    if (const auto found = values.find(key); found != values.end() && !found->second.empty()) return found->second;
  }
  return parse_arm_cpuinfo(cpuinfo);
}

std::vector<int> parse_cpu_list(std::string_view text) {
  constexpr std::uint64_t kMostCpus = 1 << 16;  // far above what Linux can have; keeps nonsense from filling the memory
  std::vector<int> cpus;
  text = trim(take_until(text, '\n'));
  while (!text.empty()) {
    std::string_view range = trim(take_until(text, ','));
    const auto first = take_number(range);
    auto last = first;
    if (!range.empty() && range.front() == '-') {
      range.remove_prefix(1);
      last = take_number(range);
    }
    if (!first || !last || !range.empty() || *last < *first || *last >= kMostCpus) return {};
    for (auto cpu = *first; cpu <= *last; ++cpu) cpus.push_back(static_cast<int>(cpu));
  }
  std::sort(cpus.begin(), cpus.end());
  cpus.erase(std::unique(cpus.begin(), cpus.end()), cpus.end());
  return cpus;
}

std::optional<std::uint64_t> parse_cache_size(std::string_view text) {
  text = trim(take_until(text, '\n'));
  const auto number = take_number(text);
  if (!number || *number == 0) return std::nullopt;
  if (text.empty()) return number;
  if (text == "K") return scaled(*number, 10);
  if (text == "M") return scaled(*number, 20);
  if (text == "G") return scaled(*number, 30);
  return std::nullopt;
}

std::optional<std::uint64_t> parse_kib_line(std::string_view text, const std::string& key) {
  const auto values = parse_key_value_lines(text, ':');
  const auto found = values.find(key);
  if (found == values.end()) return std::nullopt;
  std::string_view value = found->second;
  const auto number = take_number(value);
  if (!number || trim(value) != "kB") return std::nullopt;
  return scaled(*number, 10);
}

std::optional<std::uint64_t> parse_migrations(std::string_view sched) {
  const auto values = parse_key_value_lines(sched, ':');
  const auto found = values.find("se.nr_migrations");
  const auto count = parse_whole_number(found == values.end() ? "" : found->second);
  return count && *count >= 0 ? std::optional(static_cast<std::uint64_t>(*count)) : std::nullopt;
}

std::optional<std::uint64_t> parse_meminfo_total(std::string_view text) { return parse_kib_line(text, "MemTotal"); }

std::optional<std::int64_t> parse_whole_number(std::string_view text) {
  text = take_until(text, '\n');
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// An image that is yet to be started for the first time holds nothing or the word "uninitialized".
std::optional<std::string> parse_machine_id(std::string_view text) {
  constexpr std::size_t kDigits = 32;
  text = take_until(text, '\n');
  const bool digits = text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (text.size() != kDigits || !digits || text.find_first_not_of('0') == std::string_view::npos) return std::nullopt;
  return std::string(text);
}

// The lines are "enabled", "interpreter PATH", "flags: OCF", "offset 0", "magic HEX", "mask HEX"; newer kernels add others.
BinfmtEntry parse_binfmt_entry(std::string_view name, std::string_view text) {
  BinfmtEntry entry;
  entry.name = name;
  while (!text.empty()) {
    std::string_view line = trim(take_until(text, '\n'));
    const std::string_view key = take_until(line, ' ');
    if (key == "enabled") entry.enabled = true;
    if (key == "interpreter") entry.interpreter = line;
    if (key == "magic") entry.magic = line;
  }
  return entry;
}

}  // namespace m1bench

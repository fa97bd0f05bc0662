// SPDX-License-Identifier: Apache-2.0
#include "exec/parameters.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

constexpr std::size_t kMostValues = 1000;

bool is_name(std::string_view text) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  return !text.empty() && text.front() != '-' && text.find_first_not_of(kAllowed) == std::string_view::npos;
}

std::optional<long long> whole_number(std::string_view text) {
  long long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(number) : std::nullopt;
}

// "1..5" as its numbers; nothing if it is no such range.
std::optional<std::vector<std::string>> range(std::string_view text, const std::string& where) {
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const auto first = whole_number(text.substr(0, dots)), last = whole_number(text.substr(dots + 2));
  if (!first || !last) return std::nullopt;
  // Unsigned, because the two may be further apart than a signed number reaches.
  const auto steps = static_cast<unsigned long long>(*last) - static_cast<unsigned long long>(*first);
  if (*first > *last || steps >= kMostValues) {
    throw Error(ErrorKind::usage, where + "a range goes up, and holds at most " + std::to_string(kMostValues) + " numbers");
  }
  std::vector<std::string> values;
  for (unsigned long long step = 0; step <= steps; ++step) values.push_back(std::to_string(*first + static_cast<long long>(step)));
  return values;
}

// "1..1e9" and "1..10x" are meant as ranges, and "../a..b" is not.
bool looks_like_range(std::string_view text) {
  const auto dots = text.find("..");
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return dots != std::string_view::npos && text.front() >= '0' && text.front() <= '9';
}

void check_values(const std::vector<std::string>& values, const std::string& where) {
  for (auto value = values.begin(); value != values.end(); ++value) {
    if (value->empty()) throw Error(ErrorKind::usage, where + "a value is empty; give at least one character between two commas");
    if (looks_like_range(*value)) {
      throw Error(ErrorKind::usage, where + "'" + *value + "' is no range: that is two whole numbers and nothing else, NAME=1..5; " +
                                        "list other values with commas");
    }
    if (std::find(values.begin(), value, *value) != value) {
      throw Error(ErrorKind::usage, where + "the value '" + *value + "' stands there twice");
    }
  }
}

}  // namespace

ScanParameter parse_parameter(std::string_view option) {
  const std::string where = "--parameter '" + std::string(option) + "': ";
  const auto equals = option.find('=');
  const std::string_view name = option.substr(0, equals);
  if (equals == std::string_view::npos || !is_name(name)) {
    throw Error(ErrorKind::usage, where + "expected NAME=a,b,c or NAME=1..5, the name of letters, digits, '_' and '-', which may not be its first");
  }
  const std::string_view text = option.substr(equals + 1);
  if (auto numbers = range(text, where)) return {std::string(name), *std::move(numbers)};
  ScanParameter parameter{std::string(name), split(text, ',')};
  check_values(parameter.values, where);
  return parameter;
}

std::vector<Values> combinations(std::span<const ScanParameter> parameters) {
  std::vector<Values> all{{}};
  for (const ScanParameter& parameter : parameters) {
    if (all.front().contains(parameter.name)) {
      throw Error(ErrorKind::usage, "--parameter " + parameter.name + " is given twice; list its values after one '='");
    }
    if (all.size() * parameter.values.size() > kMostValues) {
      throw Error(ErrorKind::usage, "the parameters have more than " + std::to_string(kMostValues) + " combinations; scan fewer values");
    }
    std::vector<Values> longer;
    for (const Values& values : all) {
      for (const std::string& value : parameter.values) {
        longer.push_back(values);
        longer.back().emplace(parameter.name, value);
      }
    }
    all = std::move(longer);
  }
  return all;
}

std::string substituted(std::string_view text, const Values& values) {
  std::string result;
  while (!text.empty()) {
    const auto open = text.find('{');
    result += text.substr(0, open);
    if (open == std::string_view::npos) break;
    text.remove_prefix(open);
    const auto close = text.find('}');
    const auto found = close == std::string_view::npos ? values.end() : values.find(std::string(text.substr(1, close - 1)));
    result += found == values.end() ? "{" : found->second;
    text.remove_prefix(found == values.end() ? 1 : close + 1);
  }
  return result;
}

std::vector<std::string> substituted(std::span<const std::string> words, const Values& values) {
  std::vector<std::string> result;
  for (const std::string& word : words) result.push_back(substituted(word, values));
  return result;
}

std::set<std::string> places(std::string_view text) {
  std::set<std::string> names;
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::string_view name = text.substr(open + 1, text.find('}', open) - open - 1);
    if (text.find('}', open) != std::string_view::npos && is_name(name)) names.emplace(name);
  }
  return names;
}

std::string suffix_of(std::span<const ScanParameter> parameters, const Values& values) {
  std::string suffix;
  for (const ScanParameter& parameter : parameters) suffix += (suffix.empty() ? "/" : ",") + parameter.name + "=" + values.at(parameter.name);
  return suffix;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "result/shard.hpp"

#include <charconv>
#include <string>

namespace m1bench {
namespace {

int number_in(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::optional<Shard> parse_shard(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const Shard shard{number_in(text.substr(0, slash)), number_in(text.substr(slash + 1))};
  if (shard.index < 1 || shard.index > shard.count) return std::nullopt;
  // Whatever is not just two numbers is not what they are written as.
  if (std::to_string(shard.index) + "/" + std::to_string(shard.count) != text) return std::nullopt;
  return shard;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace m1bench {

// A part of a run's cases, dealt out like cards: the index-th of `count` parts, both from 1, has every count-th case from the
// index-th on. So each part has a bit of everything, and one more case moves few others.
struct Shard {
  int index = 1, count = 1;

  bool has(std::size_t case_number) const {  // from 0, in the whole list
    return case_number % static_cast<std::size_t>(count) == static_cast<std::size_t>(index - 1);
  }
};

// "2/3"; nothing for any other text, "02/3" included: a shard has one name.
std::optional<Shard> parse_shard(std::string_view text);

}  // namespace m1bench

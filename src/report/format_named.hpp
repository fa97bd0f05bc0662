// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {

// The row of that name in a table of formats. Throws Error(usage) with the nearest name if there is none.
template <class Format>
const Format& find_format(std::span<const Format> formats, std::string_view name) {
  std::vector<std::string> names;
  for (const Format& format : formats) {
    if (format.name == name) return format;
    names.emplace_back(format.name);
  }
  const auto meant = nearest(name, names);
  throw Error(ErrorKind::usage, "there is no format \"" + std::string(name) + "\"; " +
                                    (meant ? "did you mean \"" + *meant + "\"?" : "choose one of " + join_words(names)));
}

}  // namespace m1bench

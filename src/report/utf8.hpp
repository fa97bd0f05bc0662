// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace m1bench {

struct CodePoint {
  char32_t value = 0;
  int bytes = 1;
  bool valid = false;  // false: `value` is the single byte that begins no character
};

// The character at the front of `text`, which must not be empty. Overlong forms, surrogates and what lies beyond U+10FFFF are
// not valid.
CodePoint decode_utf8(std::string_view text);

// Control characters, line separators, and the invisible ones that reorder or hide text (bidirectional controls, zero-width
// characters, tags): nothing that anyone may put on a reader's screen.
bool is_unprintable(char32_t value);

// Columns that a terminal gives the text: 2 for East Asian wide characters and emoji, 0 for combining marks.
int display_width(std::string_view text);

}  // namespace m1bench

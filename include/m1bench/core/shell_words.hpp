// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace m1bench {

// Splits a command line into words as a POSIX shell quotes them (quotes and backslashes; IEEE Std 1003.1, 2.2), but
// without a shell: no variables, no globs, no operators. Throws Error(usage) on an open quote or a trailing backslash.
std::vector<std::string> split_shell_words(std::string_view line);

// One word, quoted only where a shell needs it, so that the result can be pasted.
std::string quote_shell_word(std::string_view word);
std::string quote_shell_line(std::span<const std::string> words);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace m1bench {

inline constexpr int kStandardOutput = 1, kStandardError = 2;

bool is_terminal(int descriptor);
int terminal_width(int descriptor);  // columns; 80 where it cannot be known
std::optional<std::string> environment(const char* name);

// Writes all of `text` to the descriptor; false if it is closed or full.
bool write_all(int descriptor, std::string_view text);

// For a worker: makes every later write to standard output land on standard error instead, and returns a descriptor of its
// own for what standard output was, so that nobody's chatter can mix with the protocol.
int claim_standard_output();

}  // namespace m1bench

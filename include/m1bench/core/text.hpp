// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace m1bench {

// Units live at the edges: everything inside m1bench is seconds, bytes and flop, and only these functions turn them into what
// people read. Three significant digits throughout.
std::string format_seconds(double seconds);                          // "12.3 us", "1.94 s"
std::string format_rate(double per_second, std::string_view unit);   // (1.2e10, "FLOP/s") -> "12.0 GFLOP/s"
std::string format_bytes(std::uint64_t bytes);                       // "1.50 MiB"
std::string format_significant(double value, int digits);            // (1.9412, 3) -> "1.94"; no exponent below 1e7
std::string format_percent(double share);                            // 0.0123 -> "1.2 %"; two digits

// "90", "90s", "5min", "1.5h", "200ms" as seconds; nothing if it is not a positive duration.
std::optional<double> parse_duration(std::string_view text);

// True if `text` matches `pattern`, in which `*` stands for any characters, `/` included, and `?` for one.
bool matches_pattern(std::string_view pattern, std::string_view text);

// The candidate with the least edit distance to `word`, if it is near enough to be what was meant.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

// "a, b and c"
std::string join_words(std::span<const std::string> words);
std::string join(std::span<const std::string> words, std::string_view separator);
std::vector<std::string> split(std::string_view text, char separator);  // n separators give n + 1 pieces

}  // namespace m1bench

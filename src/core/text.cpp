// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>

namespace m1bench {
namespace {

std::string print(const char* format, int precision, double value) {
  std::array<char, 400> buffer;  // the longest is -DBL_MAX with a few decimals, 313 characters
  const int length = std::snprintf(buffer.data(), buffer.size(), format, precision, value);
  return std::string(buffer.data(), static_cast<std::size_t>(length));
}

// The value as it will read, so that 999.96 us is told as 1.00 ms and not as 1000 us.
double rounded(double value, int digits) { return std::strtod(print("%.*e", digits - 1, value).c_str(), nullptr); }

struct Scale {
  double factor;
  std::string_view unit;
};

// `scales` from small to large. A value below the smallest is told in the smallest.
std::string scaled(double value, std::span<const Scale> scales) {
  const double shown = std::abs(rounded(value, 3));
  const Scale* chosen = &scales.front();
  for (const Scale& scale : scales) {
    if (shown >= scale.factor) chosen = &scale;
  }
  return format_significant(value / chosen->factor, 3) + " " + std::string(chosen->unit);
}

// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above.back();
}

}  // namespace

std::string format_significant(double value, int digits) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (value == 0) return "0";
  const double shown = rounded(value, digits);
  const int exponent = static_cast<int>(std::floor(std::log10(std::abs(shown))));
  if (std::abs(value) >= 1e7 || exponent < -5) return print("%.*e", digits - 1, value);
  return print("%.*f", std::max(0, digits - 1 - exponent), value);
}

std::string format_percent(double share) { return format_significant(100 * share, 2) + " %"; }

std::string format_seconds(double seconds) {
  static constexpr Scale kScales[] = {{1e-9, "ns"}, {1e-6, "us"}, {1e-3, "ms"}, {1, "s"}};
  return seconds == 0 ? "0 s" : scaled(seconds, kScales);
}

std::string format_rate(double per_second, std::string_view unit) {
  static constexpr Scale kScales[] = {{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}, {1e12, "T"}, {1e15, "P"}};
  return scaled(per_second, kScales) + std::string(unit);
}

std::string format_bytes(std::uint64_t bytes) {
  static constexpr Scale kScales[] = {{1, "B"},        {0x1p10, "KiB"}, {0x1p20, "MiB"},
                                      {0x1p30, "GiB"}, {0x1p40, "TiB"}, {0x1p50, "PiB"}};
  return bytes < 1024 ? std::to_string(bytes) + " B" : scaled(static_cast<double>(bytes), kScales);
}

std::optional<double> parse_duration(std::string_view text) {
  static constexpr Scale kUnits[] = {{1, ""}, {1, "s"}, {1e-3, "ms"}, {60, "min"}, {3600, "h"}};
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string number(text.substr(0, end));
  if (number.empty() || number == "." || std::count(number.begin(), number.end(), '.') > 1) return std::nullopt;
  for (const Scale& unit : kUnits) {
    if (unit.unit != text.substr(end)) continue;
    const double seconds = std::strtod(number.c_str(), nullptr) * unit.factor;
    if (seconds > 0 && std::isfinite(seconds)) return seconds;
  }
  return std::nullopt;
}

bool matches_pattern(std::string_view pattern, std::string_view text) {
  // Only the last star ever needs to be tried again, which keeps this at pattern times text steps.
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  // A third of the word may be wrong: enough for a typing error, too little for another word.
  std::size_t allowed = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::optional<std::string> best;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance >= allowed || distance >= candidate.size()) continue;
    allowed = distance;
    best = candidate;
  }
  return best;
}

std::string join(std::span<const std::string> words, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += separator;
    text += words[i];
  }
  return text;
}

std::string join_words(std::span<const std::string> words) {
  if (words.size() < 2) return join(words, "");
  return join(words.first(words.size() - 1), ", ") + " and " + words.back();
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  for (;;) {
    const std::size_t at = text.find(separator);
    pieces.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + 1);
  }
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "report/page_files.hpp"

// Stand for the style and scripts that are built in, which would hide a page's own contents.
namespace m1bench {

inline constexpr unsigned char kStyle[] = "main { color: black }\n", kFirst[] = "first()", kScript[] = "draw()",
                               kTrendsScript[] = "drawTrends()", kLicence[] = "Permission is granted.\n";

inline std::span<const unsigned char> without_end(std::span<const unsigned char> text) { return text.first(text.size() - 1); }

// Of the empty text, whose SHA-256 in base64 any table of test vectors has; nobody checks it here.
inline constexpr std::string_view kHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
inline constexpr std::string_view kHashBase64 = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

inline std::vector<PageFile> small_files() {
  return {{"report.css", kHash, without_end(kStyle)},
          {"first.js", kHash, without_end(kFirst)},
          {"chart-LICENSE", kHash, without_end(kLicence)},
          {"page.js", kHash, without_end(kScript)},
          {"trends.js", kHash, without_end(kTrendsScript)}};
}

}  // namespace m1bench

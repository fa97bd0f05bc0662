// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace m1bench {

// A file that HTML pages hold: our own style and scripts (src/report/html), and the chart libraries with their licences.
struct PageFile {
  std::string_view name;    // "report.css", "d3.min.js", "d3-LICENSE"
  std::string_view sha256;  // 64 lower-case hexadecimal digits
  std::span<const unsigned char> bytes;

  std::string_view text() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
};

// Those that were built in, in the order in which a page needs them.
std::span<const PageFile> page_files();

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "report/page_files.hpp"
#include "result/model.hpp"

namespace m1bench {

// The report as one HTML file that needs nothing else: no network, no font, no server. What matters is plain HTML and is there
// without scripts; they add sorting, filtering and charts, from JSON that stands in the file. `files`: report/html_page.hpp.
// About 0.5 MB, and 10 bytes a timed slot.
std::string html_report(const Run& run, std::span<const PageFile> files);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace m1bench {

// What GitHub takes as the summary of one step.
inline constexpr std::size_t kLargestJobSummary = 1 << 20;

// A report of ours in at most `bytes`: cut at the end of a line, what was open there closed, with a sentence that names `whole`,
// where all of it is ("`report.md`"). "" if there is no room for that sentence.
std::string cut_report(std::string_view markdown, std::size_t bytes, std::string_view whole);

}  // namespace m1bench

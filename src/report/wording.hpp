// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "report/summary.hpp"

// The phrases that more than one report uses, so that a ratio reads the same everywhere.
namespace m1bench {

std::string ratio_number(double ratio);        // "1.94", from 10 on and below 1 three digits: "40.4", "0.364"
// "takes 1.94x the time [1.90, 1.99]", "takes 404x the time (1 block, no interval)"
std::string ratio_text(const Estimate& ratio);

// What stands where the ratio would: the ratio, or why there is none.
std::string ratio_or_reason(const CaseSummary& item, const TargetSummary& other);
std::string verdict_text(const TargetSummary& other, bool quick);  // "slower", "slower (quick)", "" without a ratio

std::string time_text(const TargetSummary& target);                // "12.3 us", "-"
std::string rate_text(RateUnit unit, const TargetSummary& target); // "72.3 GFLOP/s", "12.0 GB/s", "485 us/sample", "-"

// A way to write a case's or target's name into a report.
using NameStyle = std::string (*)(std::string_view);

// "geometric mean over 21 cases: takes 1.94x the time; best elementwise/exp 0.98x, worst matmul/f32/64 3.20x"
std::string overall_text(const Overall& overall, NameStyle name);

std::string machine_text(const Machine& machine);  // "AMD EPYC 7763, 2 CPUs, 7.76 GiB, Debian GNU/Linux 12 (bookworm)"
std::string blocks_text(const Summary& summary);   // "12 blocks", "12 to 40 blocks"
std::string threads_text(int threads);             // "1 thread"
// "21 cases compared; verdicts are not adjusted for their number"
std::string compared_text(const Summary& summary);

std::string long_time_text(double seconds);        // "41.5 s", from two minutes on "3.5 min"

// A command that can be pasted: quoted for a shell, but for the `~` of a home folder.
std::string command_text(const Target& target);

}  // namespace m1bench

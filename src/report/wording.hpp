// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/summary.hpp"

// The phrases that more than one report uses, so that a ratio reads the same everywhere.
namespace m1bench {

std::string counted(long long number, std::string_view noun);  // "1 case", "2 cases"

std::string ratio_number(double ratio);        // "1.94", from 10 on and below 1 three digits: "40.4", "0.364"
// "takes 1.94x the time [1.90, 1.99]", "takes 404x the time (1 block, no interval)"; with " of base" as `whose`,
// "takes 1.05x the time of base [1.03, 1.07]"
std::string ratio_text(const Estimate& ratio, std::string_view whose = "");

// What stands where the ratio would: the ratio, or why there is none.
std::string ratio_or_reason(const CaseSummary& item, const TargetSummary& other);
std::string verdict_text(const TargetSummary& other, bool quick);  // "slower", "slower (quick)", "" without a ratio

// "0.83 %"; where the control gave none, what is used instead: "0.50 % assumed"
std::string noise_floor_text(const CaseSummary& item);

// "58.3", per cent of what the target can reach at all; "-" where that was not measured.
std::string share_text(const TargetSummary& target);

// "3.00": how many times the baseline's instructions or energy a loop takes; "-" where one side was not counted.
std::string counter_text(const std::optional<double>& ratio);

std::string time_text(const TargetSummary& target);                // "12.3 us", "-"
std::string_view unit_noun(RateUnit unit);                          // "flop", "op", "byte", "sample"
std::string rate_text(RateUnit unit, const TargetSummary& target); // "72.3 GFLOP/s", "157 GOP/s", "12.0 GB/s", "485 us/sample", "-"

// A way to write a case's or target's name into a report.
using NameStyle = std::string (*)(std::string_view);

// "geometric mean over 21 cases: takes 1.94x the time; best elementwise/exp 0.98x, worst matmul/f32/64 3.20x"
std::string overall_text(const Overall& overall, NameStyle name);

// What the control found: "two copies of x86_64-v4/native seem 0.12 % apart in the median case and 0.83 % at worst
// (softmax/32x1000), ..."; "" without one.
std::string control_text(const Summary& summary, NameStyle name);

// What the cases that count their temporaries took: "memory/fresh on x86_64-v4/native: peak 231 MiB, 48.1 MiB allocated a loop",
// one for each of their targets.
std::vector<std::string> memory_texts(const Summary& summary, NameStyle name);

// "first launch of this build: arm64/native 4.10 ms, x86_64-v2/rosetta2 1.20 s"; "" where no case times launches or nobody knows.
std::string cold_starts_text(const Run& run);

// One warning and what to do about it, its code left out. From files: escape it.
std::string warning_text(const Warning& warning);

// "AMD EPYC 7763, 2 CPUs, 7.76 GiB, Debian GNU/Linux 12 (bookworm)"; of a merged run each kind of machine once, with a
// semicolon between them. From files: escape it.
std::string machine_text(const Run& run);
std::string blocks_text(const Summary& summary);   // "12 blocks", "12 to 40 blocks"
std::string threads_text(int threads);             // "1 thread"
// "21 cases compared; verdicts are not adjusted for their number"
std::string compared_text(const Summary& summary);

std::string long_time_text(double seconds);        // "41.5 s", from two minutes on "3.5 min"

// A command that can be pasted: quoted for a shell, but for the `~` of a home folder.
std::string command_text(const Target& target);

}  // namespace m1bench

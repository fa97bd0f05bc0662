// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "result/model.hpp"

// From blocks to the log-ratios that everything m1bench says is made of.
namespace m1bench {

// The blocks of one case that count.
using CaseBlocks = std::vector<const Block*>;

// By case, in the order they were measured: those of one stage (0: of every stage), without those that a repeat stands in
// for. Pointers into `run`.
std::map<std::string_view, CaseBlocks> blocks_by_case(const Run& run, int stage = 0);
CaseBlocks blocks_of_case(const Run& run, std::string_view case_name, int stage = 0);

// A target's entry in a block, or nullptr.
const TargetBlock* find_entry(const Block& block, std::string_view target);

// The log of a target's time per loop in this block, if it has one.
std::optional<double> log_loop_in(const Block& block, std::string_view target);

// d_b: the log of a target's time over another's, if this block has both (stats/block_ratio.hpp).
std::optional<double> log_ratio_in(const Block& block, std::string_view target, std::string_view other);

// The median over blocks of a target's time per loop in seconds, if any block has one.
std::optional<double> median_loop_s(std::span<const Block* const> blocks, std::string_view target);

// The log-ratio of each block that has both.
std::vector<double> log_ratios(std::span<const Block* const> blocks, std::string_view target, std::string_view other);

// Of the slots of one target in one case with one thread: how many had to wait for a CPU that something else was using.
struct Waiting {
  std::size_t slots = 0;
  std::size_t waited = 0;  // wall time over 1.05 of the CPU time
  bool often() const { return static_cast<double>(waited) > 0.25 * static_cast<double>(slots); }
};
Waiting waiting_of(std::span<const TargetBlock* const> entries);

}  // namespace m1bench

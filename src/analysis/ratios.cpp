// SPDX-License-Identifier: Apache-2.0
#include "analysis/ratios.hpp"

#include <algorithm>
#include <cmath>

#include "stats/block_ratio.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

bool counts(const Block& block, int stage) { return !block.superseded && (stage == 0 || block.stage == stage); }

}  // namespace

std::map<std::string_view, CaseBlocks> blocks_by_case(const Run& run, int stage) {
  std::map<std::string_view, CaseBlocks> blocks;
  for (const Block& block : run.blocks) {
    if (counts(block, stage)) blocks[block.case_name].push_back(&block);
  }
  return blocks;
}

CaseBlocks blocks_of_case(const Run& run, std::string_view case_name, int stage) {
  CaseBlocks blocks;
  for (const Block& block : run.blocks) {
    if (block.case_name == case_name && counts(block, stage)) blocks.push_back(&block);
  }
  return blocks;
}

const TargetBlock* find_entry(const Block& block, std::string_view target) {
  const auto found = std::find_if(block.targets.begin(), block.targets.end(), [&](const TargetBlock& entry) { return entry.target == target; });
  return found == block.targets.end() ? nullptr : &*found;
}

std::optional<double> log_loop_in(const Block& block, std::string_view target) {
  const TargetBlock* entry = find_entry(block, target);
  return entry ? log_loop_time({entry->wall_s, entry->loops}) : std::nullopt;
}

std::optional<double> log_ratio_in(const Block& block, std::string_view target, std::string_view other) {
  const TargetBlock *own = find_entry(block, target), *against = find_entry(block, other);
  return own && against ? log_ratio({own->wall_s, own->loops}, {against->wall_s, against->loops}) : std::nullopt;
}

std::optional<double> median_loop_s(std::span<const Block* const> blocks, std::string_view target) {
  std::vector<double> loops_s;
  for (const Block* block : blocks) {
    if (const auto log_loop = log_loop_in(*block, target)) loops_s.push_back(std::exp(*log_loop));
  }
  return loops_s.empty() ? std::nullopt : std::optional(median(loops_s));
}

std::vector<double> log_ratios(std::span<const Block* const> blocks, std::string_view target, std::string_view other) {
  std::vector<double> ratios;
  for (const Block* block : blocks) {
    if (const auto ratio = log_ratio_in(*block, target, other)) ratios.push_back(*ratio);
  }
  return ratios;
}

Waiting waiting_of(std::span<const TargetBlock* const> entries) {
  constexpr double kWaited = 1.05;
  Waiting found;
  for (const TargetBlock* entry : entries) {
    for (std::size_t i = 0; i < std::min(entry->wall_s.size(), entry->cpu_s.size()); ++i) {
      if (entry->cpu_s[i] <= 0) continue;
      ++found.slots;
      found.waited += entry->wall_s[i] > kWaited * entry->cpu_s[i];
    }
  }
  return found;
}

}  // namespace m1bench

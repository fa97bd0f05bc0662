// SPDX-License-Identifier: Apache-2.0
#include "analysis/counters.hpp"

#include <gtest/gtest.h>

namespace m1bench {
namespace {

struct Row {
  std::optional<std::uint64_t> instructions;
  std::optional<double> energy_j;
  double wall_s = 0;
  std::uint64_t loops = 10;
};

// One block for each row, of a target alone.
TargetSummary summary_of(std::initializer_list<Row> rows) {
  std::vector<Block> blocks;
  for (const Row& row : rows) {
    TargetBlock entry;
    entry.target = "a/native";
    entry.counters = Counters{row.loops, row.wall_s, row.instructions, {}, row.energy_j, {}, {}};
    blocks.emplace_back().targets = {entry};
  }
  blocks.emplace_back().targets.emplace_back().target = "a/native";  // was not counted
  CaseBlocks pointers;
  for (const Block& block : blocks) pointers.push_back(&block);
  TargetSummary summary;
  summary.target = "a/native";
  take_counters(pointers, summary);
  return summary;
}

TEST(Counters, OfALoop) {
  const TargetSummary summary = summary_of({{100, 3.0, 0.5}, {120, {}, 9, 10}, {50, 1.0, 0.5, 5}});
  EXPECT_EQ(summary.loop_instructions, 10) << "the median block";
  EXPECT_EQ(summary.loop_energy_j, 4.0 / 15) << "all blocks that have energy";
}

TEST(Counters, EnergyNeedsASecond) {
  EXPECT_EQ(summary_of({{100, 3.0, 0.5}, {100, 3.0, 0.49}}).loop_energy_j, std::nullopt);
  EXPECT_EQ(summary_of({{100, {}, 0.5}, {100, 3.0, 0.51}}).loop_energy_j, std::nullopt) << "with energy";
  EXPECT_EQ(summary_of({{100, 3.0, 1.0}}).loop_energy_j, 0.3);
  EXPECT_EQ(summary_of({}).loop_instructions, std::nullopt);
}

TEST(Counters, RatiosNeedBothSides) {
  TargetSummary one, other;
  one.loop_instructions = 100;
  one.loop_energy_j = 0;
  other.loop_instructions = 300;
  other.loop_energy_j = 2;
  relate_counters(one, other);
  EXPECT_EQ(other.instructions_ratio, 3);
  EXPECT_EQ(other.energy_ratio, std::nullopt) << "of nothing";
  one.loop_instructions.reset();
  relate_counters(one, other);
  EXPECT_EQ(other.instructions_ratio, std::nullopt);
}

}  // namespace
}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "analysis/same_session.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

namespace m1bench {
namespace {

using Slots = std::tuple<std::string_view, std::uint64_t, std::vector<double>>;  // target, loops, wall times
using Visit = std::tuple<std::string_view, int, bool, std::vector<Slots>>;       // case, stage, superseded

std::vector<Visit> visits_of(const Run& run) {
  std::vector<Visit> visits;
  for (const Block& block : run.blocks) {
    std::vector<Slots> slots;
    for (const TargetBlock& entry : block.targets) slots.emplace_back(entry.target, entry.loops, entry.wall_s);
    std::sort(slots.begin(), slots.end());
    visits.emplace_back(block.case_name, block.stage, block.superseded, std::move(slots));
  }
  std::sort(visits.begin(), visits.end());
  return visits;
}

}  // namespace

bool same_slots(const Run& a, const Run& b) { return visits_of(a) == visits_of(b); }

}  // namespace m1bench

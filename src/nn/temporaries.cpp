// SPDX-License-Identifier: Apache-2.0
#include "m1bench/nn/temporaries.hpp"

#include <algorithm>
#include <vector>

namespace m1bench {
namespace {

constexpr std::int64_t kLine = 64 / sizeof(float);

std::int64_t place_size(const Temporary& item) { return (item.shape.elements() + kLine - 1) / kLine * kLine; }

bool alive_together(const Temporary& a, const Temporary& b) { return a.first <= b.last && b.first <= a.last; }

}  // namespace

std::int64_t plan_arena(std::span<Temporary> temporaries) {
  std::vector<Temporary*> greatest_first, placed;
  for (Temporary& item : temporaries) greatest_first.push_back(&item);
  std::stable_sort(greatest_first.begin(), greatest_first.end(),
                   [](const Temporary* a, const Temporary* b) { return a->shape.elements() > b->shape.elements(); });
  std::int64_t size = 0;
  for (Temporary* item : greatest_first) {
    item->offset = 0;
    // `placed` is sorted by place, so the first gap that is wide enough is the lowest.
    for (const Temporary* other : placed) {
      if (!alive_together(*item, *other)) continue;
      if (item->offset + place_size(*item) <= other->offset) break;
      item->offset = std::max(item->offset, other->offset + place_size(*other));
    }
    size = std::max(size, item->offset + place_size(*item));
    placed.insert(std::upper_bound(placed.begin(), placed.end(), item,
                                   [](const Temporary* a, const Temporary* b) { return a->offset < b->offset; }),
                  item);
  }
  return size;
}

}  // namespace m1bench

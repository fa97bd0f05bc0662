// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "result/model.hpp"
#include "result/profile.hpp"

namespace m1bench {

// What a fake worker says when it is profiled: a loop of three operations, whatever the case, whose shares of the loop's time are
// others on the baseline than elsewhere.
struct FakeProfile {
  const Case& item;
  double loop_s = 0;
  bool baseline = false;

  ProfileReply describe() const;
  // `seconds` are those of all loops.
  ProfileReply time(std::uint64_t loops, std::uint64_t every, double seconds) const;
  std::vector<TraceSpan> trace(std::uint64_t loops) const;
};

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/summary.hpp"

// What services that draw a line over many runs are fed: only what was measured and answered rightly.
namespace m1bench {

// One case on one target. Pointers into a summary.
struct FeedSeries {
  const CaseSummary* item;
  const TargetSummary* target;
};

// The baseline of each case first.
std::vector<FeedSeries> measured_series(const Summary& summary);

// The same for a service that refuses a document without any. Throws Error(data) if there are none.
std::vector<FeedSeries> series_to_send(const Summary& summary);

// "matmul/f32/1000 on arm64/qemu-user": the same from run to run, and different for every series of one. Printable, with a
// backslash as two and no blank in its target, and of at most kLongestFeedName bytes: what is longer ends in a hash of the whole.
inline constexpr std::size_t kLongestFeedName = 1024;  // Bencher refuses more
std::string name_of(const FeedSeries& series);

// Nanoseconds for one loop, the unit of all these services.
double loop_ns(const FeedSeries& series);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace m1bench {

// What a Google Benchmark program tells of one of its benchmarks in one repetition.
struct GbenchTime {
  std::string name;            // "BM_copy/8", without control characters
  double real_s = 0, cpu_s = 0;  // of an iteration
  std::string error;           // why it was not measured, fit for a sentence; "" if it was
};

// The benchmarks in the JSON that `--benchmark_out` writes, in its order, aggregates left out. The text is a stranger's: throws
// Error(data) with half a sentence, "is not JSON from byte 7 on", for anything that is no such document, and for one of over 16 MiB.
std::vector<GbenchTime> parse_gbench(std::string_view text);

}  // namespace m1bench

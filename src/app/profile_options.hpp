// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace m1bench {

// What only `profile` is asked.
struct ProfileOptions {
  std::uint64_t trace_loops = 3;  // of each target, in the timeline
};

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>

#include "platform/affinity.hpp"
#include "platform/canary.hpp"
#include "platform/clock.hpp"

namespace m1bench {
namespace {

// Each step waits for the one before it. Source of the step: Marsaglia, Xorshift RNGs, J. Stat. Software 8 (2003).
std::uint64_t xorshift_chain(std::uint64_t x, int steps) {
  for (int step = 0; step < steps; ++step) {
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
  }
  return x;
}

}  // namespace

double canary_seconds(const std::vector<int>& cpus) {
  constexpr int kSteps = 2'500'000;  // six cycles each: 5 ms at 3 GHz
  const PinnedThread here(cpus);
  static volatile std::uint64_t kept = 88172645463325252;
  const double start = steady_seconds();
  kept = xorshift_chain(kept, kSteps);
  return steady_seconds() - start;
}

}  // namespace m1bench

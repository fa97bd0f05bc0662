// SPDX-License-Identifier: Apache-2.0
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>

#include "m1bench/core/error.hpp"
#include "platform/clock.hpp"
#include "platform/descriptor.hpp"

namespace m1bench {
namespace {

double cpu_seconds(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace

// steady_clock counts nanoseconds on every target: under Rosetta 2 too, where the ticks of mach_absolute_time are not the
// host's.
double steady_seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double process_cpu_seconds() { return cpu_seconds(CLOCK_PROCESS_CPUTIME_ID); }
double thread_cpu_seconds() { return cpu_seconds(CLOCK_THREAD_CPUTIME_ID); }

// Seen, not asked for: clock_getres says 1 ns where the counter behind it ticks every 42 ns.
double timer_resolution_s() {
  constexpr int kSteps = 200;
  double least = 1;
  double before = steady_seconds();
  for (int steps = 0; steps < kSteps;) {
    const double now = steady_seconds();
    if (now == before) continue;
    least = std::min(least, now - before);
    before = now;
    ++steps;
  }
  return least;
}

std::string utc_timestamp() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  return std::string(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts));
}

std::uint64_t random_seed() {
  std::uint64_t seed = 0;
  if (getentropy(&seed, sizeof seed) != 0) {
    throw Error(ErrorKind::io, "the system gave no random number: " + system_reason(errno));
  }
  return seed;
}

}  // namespace m1bench

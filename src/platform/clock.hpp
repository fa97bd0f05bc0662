// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace m1bench {

double steady_seconds();        // since an arbitrary moment
double process_cpu_seconds();   // user plus system time of this process
double thread_cpu_seconds();    // of the calling thread
double timer_resolution_s();    // the smallest step steady_seconds can show
std::string utc_timestamp();    // "2026-03-01T12:00:00Z"
std::uint64_t random_seed();    // from the operating system

// What the operating system counted for this process so far.
struct ProcessUsage {
  std::optional<std::uint64_t> max_rss_bytes, context_switches, page_faults;
  std::optional<std::uint64_t> migrations;  // from one CPU to another, of the threads that are there now
};
ProcessUsage process_usage();

}  // namespace m1bench

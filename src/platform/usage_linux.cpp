// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/error.hpp"
#include "platform/files.hpp"
#include "platform/linux_facts.hpp"
#include "platform/usage.hpp"

namespace m1bench {
namespace {

// The count stands in the first lines of `sched`; reading no more takes a fifth of the time under qemu-user. A kernel may
// have no such file, and a thread may have just ended.
std::string beginning_of(const std::string& path) {
  constexpr std::size_t kBeginning = 512;
  try {
    return read_head(path, kBeginning);
  } catch (const Error&) {
    return "";
  }
}

}  // namespace

// Not ru_maxrss, which begins with what the parent held when it forked.
std::optional<std::uint64_t> own_max_rss_bytes() {
  const auto status = read_system_file("/proc/self/status");
  return status ? parse_kib_line(*status, "VmHWM") : std::nullopt;
}

std::optional<std::uint64_t> child_max_rss_bytes(long ru_maxrss) {
  const auto bytes = static_cast<std::uint64_t>(ru_maxrss) << 10;  // KiB here, bytes on macOS
  const auto own = own_max_rss_bytes();
  return own && bytes > *own ? std::optional(bytes) : std::nullopt;
}

std::optional<std::uint64_t> own_migrations() {
  const std::string threads = "/proc/self/task/";
  std::optional<std::uint64_t> sum;
  for (const std::string& thread : list_system_folder(threads)) {
    if (const auto moves = parse_migrations(beginning_of(threads + thread + "/sched"))) sum = sum.value_or(0) + *moves;
  }
  return sum;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace m1bench {

// One body per OS.

// The most memory this process held at a time.
std::optional<std::uint64_t> own_max_rss_bytes();

// What a child's `ru_maxrss` says of its own peak. On Linux it begins with what this process held when it spawned the child, so
// that a program smaller than that tells nothing.
std::optional<std::uint64_t> child_max_rss_bytes(long ru_maxrss);

// Moves from one CPU to another, of all threads that live; nothing where the OS does not count them. About 20 us for a
// thread, 100 us under qemu-user.
std::optional<std::uint64_t> own_migrations();

}  // namespace m1bench

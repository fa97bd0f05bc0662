// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace m1bench {

// The most memory this process held at a time; one body per OS.
std::optional<std::uint64_t> own_max_rss_bytes();

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "result/model.hpp"
#include "session/limits.hpp"

namespace m1bench {

// Should the last of these blocks be measured again? Yes if its canary is further than limits.drift from the median of all
// of the session's, of which there are at least limits.canaries, and repeats stay within their share of the blocks. Pure.
bool drifted(std::span<const Block> blocks, const Limits& limits);

}  // namespace m1bench

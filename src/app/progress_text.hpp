// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "session/context.hpp"

namespace m1bench {

// For a terminal, without a newline: "[about 2 min left] 14/24 conv2d/f32/mnist, block 3: x86_64-v2/native 2.95x". What the
// session will still take comes first, because a narrow terminal cuts the end.
std::string live_text(const Progress& progress);

// For a log: "measuring, 14 of 24 cases done, about 2 min left (x86_64-v4/native 20 s, arm64/qemu-user 100 s)".
std::string plain_text(const Progress& progress);

}  // namespace m1bench

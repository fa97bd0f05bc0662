// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace m1bench {

// Where this user's programs keep what they can do without, with our own name behind it: XDG_CACHE_HOME if it is set, else
// ~/.cache, on macOS ~/Library/Caches. It may not exist yet. Nothing without a home folder.
std::optional<std::string> user_cache_folder();

}  // namespace m1bench

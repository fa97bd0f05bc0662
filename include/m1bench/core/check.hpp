// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <source_location>
#include <string_view>

namespace m1bench {

// Throws Error(internal) naming the caller's file and line unless `condition` holds. For invariants of this program, never
// for what a user or a file got wrong.
void check(bool condition, std::string_view what, std::source_location where = std::source_location::current());

}  // namespace m1bench

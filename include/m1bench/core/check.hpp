// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace m1bench {

// Throws Error(internal) naming the caller's file and line unless `condition` holds. For invariants of this program, never
// for what a user or a file got wrong. (Clang 14 lacks std::source_location; GCC and clang both have these builtins.)
void check(bool condition, std::string_view what, const char* file = __builtin_FILE(), int line = __builtin_LINE());

}  // namespace m1bench

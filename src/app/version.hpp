// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace m1bench {

// "m1bench 0.1.0 (commit 1a2b3c4, build 0123456789abcdef)" and the slices found, on one line each.
std::string version_text();

}  // namespace m1bench

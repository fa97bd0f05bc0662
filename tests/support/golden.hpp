// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace m1bench {

// Expects `got` to be the contents of tests/golden/<name>. With M1BENCH_UPDATE_GOLDEN=1 in the environment the file is
// rewritten instead, to be looked at and committed.
void expect_golden(const std::string& name, std::string_view got);

}  // namespace m1bench

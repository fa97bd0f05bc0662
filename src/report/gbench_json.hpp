// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "result/model.hpp"

namespace m1bench {

// One target's blocks as Google Benchmark would have written them, one repetition a block, so that its tools/compare.py reads
// two targets of a run, or one target of two runs. Its U test asks for 9 repetitions, which is 9 blocks. It compares them
// unpaired: m1bench's own interval is the narrower and the more honest one. Throws Error(usage) if the run has no such target.
std::string gbench_report(const Run& run, const std::string& target);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "result/model.hpp"

namespace m1bench {

// The Go benchmark format (golang.org/design/14313-benchmark-format), for benchstat: a line for each block of each case on each
// target that was measured, so that benchstat sees samples. `ns/op` is the block's median slot, `ratio` the block's
// ratio against the baseline. The target is the key /target, for `benchstat -col /target`; in a run of `ab` its side is the key
// /side. Bytes of a name that the format has other uses for are told as %20.
//   BenchmarkMatmul/f32/1000/target=arm64-qemu-user-1  6  7411000000.000 ns/op  404.123456 ratio
// What differs from run to run and is no result stands in comments: benchstat never compares runs of unlike configuration.
std::string benchfmt_report(const Run& run);

}  // namespace m1bench

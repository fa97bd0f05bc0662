// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace m1bench {

// What this executable was compiled for. slice.cpp is compiled with the slice's own flags, so this is what the compiler
// says, not what the build intended.
struct CompiledSlice {
  std::string arch;   // "x86_64", "arm64"
  std::string slice;  // the tier whose instructions the compiler was allowed to use: "x86_64-v3"
  std::string flags;  // what its compiler was given beside the flags of all slices: "-march=x86-64-v3"
  std::string simd;   // the vector instructions Eigen was compiled to use
};
CompiledSlice compiled_slice();

// Executes instructions that only this slice's tier has and checks their result: a CPU or translator without them ends the
// process with SIGILL here, before `hello`, which is how the driver learns what really runs. Throws Error(target) if an
// instruction runs and computes something else.
void execute_tier_instructions();

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace m1bench {

// Serves requests (result/wire.hpp) from standard input until `quit` or the end of input. Returns the process's exit code.
int run_worker();

}  // namespace m1bench

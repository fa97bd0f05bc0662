// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/comparison.hpp"
#include "app/options.hpp"

namespace m1bench {

// What the command line says of the gate.
GateOptions gate_options(const Options& options);

}  // namespace m1bench

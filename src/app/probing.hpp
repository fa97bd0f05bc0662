// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/options.hpp"
#include "result/model.hpp"

namespace m1bench {

// Starts a worker of every target that might run, so that "available" means that one said hello. The fake measurer starts
// nothing and believes them all. Ends early on an interrupt.
void probe_all(std::vector<Target>& targets, const Options& options);

}  // namespace m1bench

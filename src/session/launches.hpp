// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "session/context.hpp"

namespace m1bench {

// A worker of `target` for this case, pinned to `cpus`. Where the case times launches it is one in the driver, whose loop is to
// start a worker, wait for its hello and end it: to everybody else a launch is then a loop like any other.
OrDeath<std::unique_ptr<Worker>> start_worker(SessionContext& context, const Target& target, const Case& item,
                                              const std::vector<int>& cpus);

}  // namespace m1bench

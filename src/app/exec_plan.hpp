// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/options.hpp"
#include "result/model.hpp"

namespace m1bench {

// What `exec` will run, before anything is started.
struct ExecPlan {
  std::vector<Target> targets;  // two or more; commands with {NAME} where a parameter goes
  std::vector<Case> cases;      // one for each combination of parameters
  std::string baseline;
};

// Reads the program's file. Throws Error(usage) for options that do not fit together, and Error(target) for a program that there
// are not two ways to run.
ExecPlan make_exec_plan(const Options& options);

// What would be executed, as lines to paste.
std::string dry_exec(const ExecPlan& plan, const ExecOptions& options);

}  // namespace m1bench

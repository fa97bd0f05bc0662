// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/plan.hpp"
#include "launch/slices.hpp"

namespace m1bench {

// The slices of a build that somebody points at: an installed tree, its bin/m1bench, or the executable of one slice
// (m1bench-<slice>). `option` is how it was given, for errors. Throws Error(usage) if there is no slice.
std::vector<SliceFile> slices_of_build(const std::string& path, const std::string& option);

// The targets of `ab`: each wanted target twice, as base:X and head:X one after the other, in the order of base. By default
// base's best native target. Fills run.targets and run.session.baseline; the reference is base's best
// native target. Throws Error(target) if no target can run on both sides.
Chosen choose_sides(Plan& base, Plan& head, WorkerFactory& workers, double timeout_s, Run& run);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "result/model.hpp"

namespace m1bench {

// What the machine was set to and how it fared, as far as known: "governor powersave, turbo on, SMT on, at most 1.50 CPUs,
// load 0.25 before and 1.02 after, CPU time stolen 0.40% of the run's time, acpitz 45.0 C before and 61.0 C after, on battery".
// "" if nothing is known.
// `elapsed_s` is how long the session took; 0 where that is unknown.
std::string conditions_text(const Machine& machine, double elapsed_s);

}  // namespace m1bench

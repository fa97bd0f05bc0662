// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "result/model.hpp"

namespace m1bench {

// A run as JUnit XML: a test for each case on each available target (class "m1bench.<target>", its time one loop), and one for
// each target that did not run or was lost. A wrong answer is a failure; what died is an error, and so is a target that was named
// and did not run; what was not measured for want of time, or did not run without having been named, is skipped. No ratio fails:
// that is the gate's (comparison_junit.hpp). The report for people is in <system-out>.
std::string junit_report(const Run& run);

}  // namespace m1bench

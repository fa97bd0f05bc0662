// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/comparison_wording.hpp"

namespace m1bench {

// The gate's decisions as JUnit XML, in the order of elements that Ant's schema and Jenkins want: a test case for each case on
// each target (class "m1bench.<target>", time of one loop of head). Regressed, wrong and missing are failures, and so is unsure
// unless it passes; new cases are skipped. Runs that are not alike, or hold nothing to compare, are one failed test: a suite
// without tests would pass unseen. The report for people is in <system-out>.
std::string comparison_junit(const Comparison& comparison, const ComparedRuns& runs, bool unsure_fails);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "result/model.hpp"

namespace m1bench {

// One record for each case on each available target, the baseline first, under one header that names its units. Fields that
// do not apply are empty. Numbers have nine digits. Lines end in a newline alone, as Unix tools expect.
std::string csv_report(const Run& run);

}  // namespace m1bench

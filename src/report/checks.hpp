// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/terminal.hpp"
#include "result/model.hpp"

namespace m1bench {

// What `verify` found: a row for each case and target, what is wrong in full below, and a sentence that sums it up.
std::string checks_report(const Run& run, const TerminalStyle& style);

}  // namespace m1bench

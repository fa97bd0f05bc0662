// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/summary.hpp"
#include "result/model.hpp"

// What the charts of the HTML report are drawn from, as script elements of type application/json. Names are escaped as for a
// terminal already, so that a chart shows what the table shows.
namespace m1bench {

// #m1bench-data: targets, cases, one row for each row of the table in its order, and the losses of training cases.
std::string html_data(const Run& run, const Summary& summary);

// #m1bench-slots-<index of the case> for each case with blocks: time per loop of each slot, and each block's ratio. One element
// a case, because a reader looks at one case at a time and the rest is never parsed.
std::string html_slots(const Run& run, const Summary& summary);

}  // namespace m1bench

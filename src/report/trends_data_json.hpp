// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/trends.hpp"

namespace m1bench {

// What the chart of each trend needs, in their order, as the JSON script element "trends". Texts are escaped as for a terminal:
// the scripts show them as they are.
std::string trends_data(const std::vector<CaseTrend>& trends);

}  // namespace m1bench

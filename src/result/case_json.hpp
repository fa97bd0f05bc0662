// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "result/model.hpp"

namespace m1bench {

// case.json of a dump: what the case is, the checksum of its inputs, and the names of the .npy files beside it.
std::string case_json(const Case& item, const std::string& target, const std::string& input_checksum,
                      std::span<const std::string> arrays);

}  // namespace m1bench

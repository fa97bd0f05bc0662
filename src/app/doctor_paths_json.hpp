// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "app/doctor_paths_text.hpp"

namespace m1bench {

// The same for programs, with every file of machine code: {"paths": [...]}. Bytes of names that are not UTF-8 are replaced.
std::string doctor_paths_json(std::span<const PathReport> reports);

}  // namespace m1bench

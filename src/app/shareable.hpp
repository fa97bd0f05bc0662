// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "result/model.hpp"

namespace m1bench {

// The run as it is kept: people paste these files, so wherever a path starts in `home` that part becomes `~`.
// `home` "" leaves it as it is.
Run shareable(Run run, const std::string& home);
std::string shareable(std::string text, const std::string& home);

}  // namespace m1bench

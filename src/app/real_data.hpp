// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "result/model.hpp"

namespace m1bench {

// Real data files, decoded once and put where workers can map them: a path for each case that uses one.
struct RealData {
  std::map<std::string, std::string> training, evaluation;
};

// Decodes the sets in `directory` that the training cases among `cases` were published with, into files in `scratch`.
// Nothing if `directory` is "". Throws Error(data) for files that are missing or malformed.
RealData unpack_real_data(const std::string& directory, const std::vector<Case>& cases, const std::string& scratch);

}  // namespace m1bench

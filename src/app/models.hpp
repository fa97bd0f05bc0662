// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "result/model.hpp"

namespace m1bench {

// Decodes the model of each of `cases` that runs one, its own or the one in `file`, into a file in `scratch` that workers map:
// its path for each such case. What only the model can say is filled in: flop, dtype and the parameters model, model_sha256,
// operators and input. No parser of hostile bytes runs in a slice that times. Throws Error(data) naming the file, the operator
// and the reason for a model that cannot be run, Error(io) for a file that cannot be read.
std::map<std::string, std::string> unpack_models(const std::string& file, std::vector<Case>& cases, const std::string& scratch);

}  // namespace m1bench

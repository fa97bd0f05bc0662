// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "bench/case_spec.hpp"
#include "report/formats.hpp"
#include "result/model.hpp"

namespace m1bench {

// What `list` shows, as a JSON array of objects.
std::string cases_json(std::span<const CaseSpec> cases);
std::string targets_json(std::span<const Target> targets);
std::string formats_json(std::span<const Format> formats);

}  // namespace m1bench

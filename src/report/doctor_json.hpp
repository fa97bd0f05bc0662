// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "analysis/doctor.hpp"

namespace m1bench {

// For programs: docs/doctor.schema.json. What a run file holds too has its keys.
std::string doctor_json(const DoctorFacts& facts, std::span<const Diagnosis> found);

}  // namespace m1bench

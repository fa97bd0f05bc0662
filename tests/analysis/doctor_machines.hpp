// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/doctor.hpp"

// Machines to diagnose, made up.
namespace m1bench {

struct Patient {
  const char* name;
  DoctorFacts facts;
  std::vector<std::string> codes;  // of what is wrong with it
};
std::vector<Patient> patients();

DoctorFacts facts_of_patient(const std::string& name);

}  // namespace m1bench

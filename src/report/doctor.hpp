// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "analysis/doctor.hpp"
#include "report/terminal.hpp"

namespace m1bench {

// For people: the machine, each slice and each target with what became of it, and what is wrong with what to do about it.
std::string doctor_report(const DoctorFacts& facts, std::span<const Diagnosis> found, const TerminalStyle& style);

}  // namespace m1bench

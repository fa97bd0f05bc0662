// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/doctor.hpp"

// One function for each row of the doctor's table, in the order of the files that hold them.
namespace m1bench {

// targets: what can run here
Symptoms check_native(const DoctorFacts& facts);
Symptoms check_rosetta(const DoctorFacts& facts);
Symptoms check_comparison(const DoctorFacts& facts);
Symptoms check_slices(const DoctorFacts& facts);
Symptoms check_targets(const DoctorFacts& facts);
Symptoms check_translator(const DoctorFacts& facts);
Symptoms check_avx2(const DoctorFacts& facts);
Symptoms check_rosetta_ends(const DoctorFacts& facts);
Symptoms check_blas(const DoctorFacts& facts);

// machine: what would disturb a measurement now
Symptoms check_lock(const DoctorFacts& facts);
Symptoms check_driver(const DoctorFacts& facts);
Symptoms check_memory_order(const DoctorFacts& facts);
Symptoms check_build(const DoctorFacts& facts);
Symptoms check_measuring(const DoctorFacts& facts);
Symptoms check_battery(const DoctorFacts& facts);
Symptoms check_low_power(const DoctorFacts& facts);
Symptoms check_heat(const DoctorFacts& facts);
Symptoms check_load(const DoctorFacts& facts);
Symptoms check_governor(const DoctorFacts& facts);
Symptoms check_cpu_limit(const DoctorFacts& facts);
Symptoms check_virtual_machine(const DoctorFacts& facts);
Symptoms check_turbo(const DoctorFacts& facts);
Symptoms check_smt(const DoctorFacts& facts);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/warnings.hpp"
#include "analysis/warnings_evidence.hpp"

// One function for each row of the table of warnings, in the order of the files that hold them. Thresholds stand beside them
// and, in words, in the table.
namespace m1bench {

inline constexpr double kBusyShare = 0.5;  // of the CPUs: a load average above it is high
inline constexpr double kHot_c = 85;

// programs: what ran, and whether it was what it should be
Findings find_not_verified(const WarningEvidence& evidence);
Findings find_slice_not_proven(const WarningEvidence& evidence);
Findings find_translated_driver(const WarningEvidence& evidence);
Findings find_debug_build(const WarningEvidence& evidence);
Findings find_idle_output(const WarningEvidence& evidence);
Findings find_unlike_builds(const WarningEvidence& evidence);
Findings find_slowed_on_purpose(const WarningEvidence& evidence);
Findings find_unlisted_isa(const WarningEvidence& evidence);
Findings find_vendor_library(const WarningEvidence& evidence);
Findings find_native_with_tso(const WarningEvidence& evidence);

// machine: what it did meanwhile
Findings find_canary_drift(const WarningEvidence& evidence);
Findings find_high_load(const WarningEvidence& evidence);
Findings find_steal(const WarningEvidence& evidence);
Findings find_battery(const WarningEvidence& evidence);
Findings find_low_power(const WarningEvidence& evidence);
Findings find_hot(const WarningEvidence& evidence);
Findings find_stolen_time(const WarningEvidence& evidence);
Findings find_migrations(const WarningEvidence& evidence);

// slots: what one target's slots look like
Findings find_short_slots(const WarningEvidence& evidence);
Findings find_short_programs(const WarningEvidence& evidence);
Findings find_slot_spread(const WarningEvidence& evidence);
Findings find_not_warm(const WarningEvidence& evidence);

// blocks: whether a ratio's blocks are what its interval takes them for
Findings find_few_blocks(const WarningEvidence& evidence);
Findings find_wide_interval(const WarningEvidence& evidence);
Findings find_estimators_differ(const WarningEvidence& evidence);
Findings find_bimodal(const WarningEvidence& evidence);
Findings find_correlated(const WarningEvidence& evidence);
Findings find_trend(const WarningEvidence& evidence);
Findings find_spawn_order(const WarningEvidence& evidence);
Findings find_turn_order(const WarningEvidence& evidence);

// session: what the run as a whole can and cannot say
Findings find_interrupted(const WarningEvidence& evidence);
Findings find_merged_unlike(const WarningEvidence& evidence);
Findings find_no_control(const WarningEvidence& evidence);
Findings find_weak_control(const WarningEvidence& evidence);
Findings find_few_cases(const WarningEvidence& evidence);

// "matmul/f32/64 on arm64/qemu-user: "
std::string at_case(const std::string& case_name, const std::string& target);
// Release and the like.
bool is_fast_build_type(const std::string& build_type);
// "1 case", "2 cases"
std::string count_of(std::size_t number, const std::string& noun);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/profile.hpp"
#include "report/table.hpp"
#include "report/wording.hpp"

// The first two of a profile's three stages as tables, and the sentences that go with them. The third is a timeline
// (report/trace_json.hpp).
namespace m1bench {

// Time, memory and allocations: a row for each target.
Table overview_table(const Profile& profile, NameStyle name);

// A row for each operation of one target, in its order. Columns that tell nothing here are left out; `narrow` leaves out what
// can be spared, too.
Table operations_table(const Profile& profile, const TargetProfile& target, NameStyle name, bool narrow);

// "arm64/qemu-user, sorted by what an operation takes more than on x86_64-v4/native"
std::string operations_title(const Profile& profile, const TargetProfile& target, NameStyle name);

// "profiling itself cost 0.40 % [0.10, 0.70] on arm64/native, where observing the operations of one loop in 9 should cost 0.95 %", one
// for each target.
std::vector<std::string> profiling_costs(const Profile& profile, NameStyle name);

// What the columns mean, for the end of a report.
extern const char* const kProfileLegend;

}  // namespace m1bench

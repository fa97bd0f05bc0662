// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/profile.hpp"

namespace m1bench {

inline constexpr int kProfileSchemaVersion = 1;

// A profile for programs: the document "m1bench-profile" that docs/profile.schema.json describes.
std::string profile_json(const Run& run, const Profile& profile);

}  // namespace m1bench

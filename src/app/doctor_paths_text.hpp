// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "audit/audit.hpp"
#include "audit/listing.hpp"

namespace m1bench {

// What the doctor has to say of one path: what is there and what it means, or why it could not be looked at.
struct PathReport {
  std::string path;
  Listing listing;
  Audit audit;
  std::string error;
};

// For people. Names may be anybody's; nothing in them reaches the terminal as a command.
std::string doctor_paths_text(const PathReport& report);

}  // namespace m1bench

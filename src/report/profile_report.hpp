// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/profile.hpp"
#include "report/terminal.hpp"

namespace m1bench {

// Overview and operations, for people: what `profile` prints, and its profile.md. `run` says what stood behind it: machine,
// failures.
std::string profile_terminal(const Run& run, const Profile& profile, const TerminalStyle& style);
std::string profile_markdown(const Run& run, const Profile& profile);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace m1bench {

// `doctor PATH...`: prints what each folder or file holds and what of it cannot work, as text or as one JSON document. The
// exit code: 6 where something cannot work, 2 where a path is not there or cannot be read (which is said, and the others are
// still looked at), else 0.
int doctor_paths(const std::vector<std::string>& paths, bool json);

}  // namespace m1bench

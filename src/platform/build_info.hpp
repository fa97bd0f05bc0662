// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

namespace m1bench {

// How this program was built. The definition is generated on every build by cmake/build_id/generate.cmake, so the facts
// cannot be older than the program.
struct BuildInfo {
  std::string version;     // "0.1.0"
  std::string commit;      // 40 hexadecimal digits; "" outside a git checkout
  bool dirty = false;      // the sources differ from the commit
  std::string build_id;    // 16 hexadecimal digits: a hash of the sources, the same in every slice of one build
  std::string build_type;  // "Release"
  std::string compiler;    // "GNU 12.2.0"
  std::string flags;       // for every slice alike; what a slice adds to them is known to the slice
  bool strict_fp = false;  // kernels compiled with -ffp-contract=off
  std::map<std::string, std::string> libraries;  // "Eigen" -> "3.4.0"
};

const BuildInfo& build_info();

}  // namespace m1bench

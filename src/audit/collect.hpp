// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "audit/listing.hpp"

namespace m1bench {

// Reads what there is to judge in `path`: of each regular file the first bytes, of executables their headers, of packages
// .dist-info/WHEEL and RECORD. In parallel; nothing is executed, and no link is followed but the one at `path` itself and
// those that name a Python's interpreter, of which a header is read. Throws as walk_tree does.
Listing collect(const std::string& path);

}  // namespace m1bench

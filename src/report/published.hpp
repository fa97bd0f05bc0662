// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace m1bench {

// The published figures of a case as a table, labelled as another machine's; "" for a case without any.
std::string published_table(const std::string& case_name);

}  // namespace m1bench

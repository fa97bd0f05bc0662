// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace m1bench {

// FNV-1a of the bytes as 16 hexadecimal digits: to tell texts apart that nobody made to collide. Linear.
std::string short_hash(std::string_view text);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

// SHA-256 as 64 lower-case hexadecimal digits, computed by the system's `sha256sum` or `shasum`: a few hashes a session are
// no reason to link one more library into every installation. Nothing where neither program can be had, the file cannot be
// read or an interrupt comes first.
namespace m1bench {

std::optional<std::string> sha256_of_file(const std::string& path);
std::optional<std::string> sha256_of_line(const std::string& line);  // the newline that ends it counts

// The digits in a line that these programs print.
std::optional<std::string> parse_sha256_line(std::string_view line);

}  // namespace m1bench

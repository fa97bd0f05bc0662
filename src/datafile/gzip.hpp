// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace m1bench {

// What a gzip file holds (RFC 1952; several members are joined). Checksums are verified. Throws Error(data) naming the file
// as `name`, the offset in the compressed bytes and the remedy if the stream is not gzip, damaged, cut short, followed by
// anything but another member, or would expand beyond `max_bytes`; memory use stays within about twice that.
std::string gunzip(std::string_view compressed, std::size_t max_bytes, const std::string& name);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "m1bench/data/dataset.hpp"

// A decoded data set as one file that every worker maps read-only: a header of 64 bytes, then pixels and labels (u8) or
// features and targets (f32), little-endian, nothing between them and nothing after. The header's size keeps whatever
// follows on a cache line of its own; the file lives for one session, so its format has no history.
namespace m1bench {

inline constexpr std::size_t kPackedHeaderBytes = 64;

std::string packed_header(const DatasetView& data);

// The whole file in the order to write it: `header` as returned above, then the two arrays. Views of what is passed in.
std::array<std::string_view, 3> packed_pieces(const std::string& header, const DatasetView& data);

// A view into `file`, which must begin at a multiple of four bytes (a mapping or an allocation does). Throws Error(data)
// unless the header is ours, the sizes agree with the bytes there are, every label is a class and every float is finite.
DatasetView view_packed(std::span<const std::byte> file);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "datafile/named_bytes.hpp"
#include "m1bench/data/dataset.hpp"

namespace m1bench {

inline constexpr std::int64_t kMaxIdxRows = 1'000'000;
inline constexpr std::uint64_t kMaxIdxBytes = 16 + kMaxIdxRows * 28 * 28;

// MNIST as its authors wrote it: an IDX file of u8 images (rows, 28, 28) and one of u8 labels (rows), both big-endian.
// Source: "The IDX file format", http://yann.lecun.com/exdb/mnist/.
// Throws Error(data) naming the file, the offset, what was expected there and the remedy, for anything else: another type,
// rank or size, no rows or more than kMaxIdxRows, bytes missing or left over, a label above 9, counts that disagree.
Dataset parse_mnist(const NamedBytes& images, const NamedBytes& labels);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "datafile/named_bytes.hpp"
#include "m1bench/data/dataset.hpp"

namespace m1bench {

inline constexpr std::uint64_t kCifar10RecordBytes = 1 + 3 * 32 * 32;
inline constexpr std::uint64_t kMaxCifar10Bytes = 100'000 * kCifar10RecordBytes;  // of one file; the real ones hold 10000 records

inline constexpr const char* kCifar10Source =
    "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz (md5 c32a1d4ab5d03f1284b67883e8d87530)";

// An empty set of 32x32x3 images in ten classes, to append files to.
Dataset empty_cifar10();

// Appends the records of one file of CIFAR-10's binary version: a label byte, then 32x32 red, green and blue bytes, plane
// after plane, which become NHWC. Source: https://www.cs.toronto.edu/~kriz/cifar.html.
// Throws Error(data) naming the file, the offset, what was expected and the remedy, and leaves `set` as it was, if the file
// is empty, larger than kMaxCifar10Bytes, not whole records, or has a label above 9.
void append_cifar10(const NamedBytes& file, Dataset& set);

}  // namespace m1bench

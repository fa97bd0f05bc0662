// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace m1bench {

// Random contents that are the same bits in every slice: Philox integers, scaled by operations that IEEE 754 rounds one way
// only. `stream` tells the tensors of one case apart.

// Uniform in [-limit, limit), 24 random bits each.
void fill_uniform(std::span<float> out, std::uint64_t seed, std::uint64_t stream, float limit);
void fill_uniform(std::span<double> out, std::uint64_t seed, std::uint64_t stream, double limit);

// Uniform over all 256 values, -128 among them.
void fill_uniform(std::span<std::int8_t> out, std::uint64_t seed, std::uint64_t stream);

// Standard normal, approximated by the Irwin-Hall sum of eight uniform 16-bit integers, scaled to unit variance: mean 0,
// variance 1, excess kurtosis -0.15, never beyond 4.9. A Box-Muller normal would need log and cos, which differ between libms.
void fill_normal(std::span<float> out, std::uint64_t seed, std::uint64_t stream);
void fill_normal(std::span<double> out, std::uint64_t seed, std::uint64_t stream);

// Repeats the first `period` elements over the rest; big bandwidth-bound inputs need not be random throughout.
void repeat_prefix(std::span<float> data, std::size_t period);
void repeat_prefix(std::span<double> data, std::size_t period);

// A 64-bit hash of raw bytes, for "these are the same bits". Not cryptographic. Little-endian hosts only, as all ours are.
std::uint64_t checksum(std::span<const std::byte> bytes, std::uint64_t basis = 0);
template <class T>
std::uint64_t checksum_of(std::span<const T> values, std::uint64_t basis = 0) {
  return checksum(std::as_bytes(values), basis);
}

}  // namespace m1bench

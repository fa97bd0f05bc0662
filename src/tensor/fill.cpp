// SPDX-License-Identifier: Apache-2.0
#include "m1bench/tensor/fill.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "m1bench/core/rng.hpp"

namespace m1bench {
namespace {

static_assert(std::endian::native == std::endian::little);

template <class T>
void uniform(std::span<T> out, std::uint64_t seed, std::uint64_t stream, T limit) {
  constexpr T kScale = T(1) / T(1 << 23);
  constexpr std::size_t kStep = 4 * kPhiloxLanes;
  for (std::size_t i = 0; i < out.size(); i += kStep) {
    PhiloxBlocks blocks;
    philox4x32(seed, stream, i / 4, blocks);
    for (std::size_t j = 0; j < std::min(kStep, out.size() - i); ++j) {
      const auto centred = static_cast<std::int32_t>(blocks.word[j % 4][j / 4] >> 8) - (1 << 23);  // exact in float
      out[i + j] = static_cast<T>(centred) * kScale * limit;
    }
  }
}

template <class T>
void normal(std::span<T> out, std::uint64_t seed, std::uint64_t stream) {
  // Eight integers uniform on 0..65535 have mean 8*65535/2 and variance 8*(65536^2-1)/12; kScale is 1/sqrt of the latter.
  constexpr std::int32_t kMean = 8 * 65535 / 2;
  constexpr double kScale = 1.8688123650118534e-05;
  for (std::size_t i = 0; i < out.size(); i += kPhiloxLanes) {
    PhiloxBlocks blocks;
    philox4x32(seed, stream, i, blocks);
    T values[kPhiloxLanes];
    for (std::size_t lane = 0; lane < kPhiloxLanes; ++lane) {
      std::int32_t sum = -kMean;
      for (const auto& word : blocks.word) sum += static_cast<std::int32_t>((word[lane] & 0xFFFF) + (word[lane] >> 16));
      values[lane] = static_cast<T>(static_cast<double>(sum) * kScale);
    }
    std::copy_n(values, std::min<std::size_t>(kPhiloxLanes, out.size() - i), out.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

template <class T>
void repeat(std::span<T> data, std::size_t period) {
  for (std::size_t filled = period; filled < data.size(); filled += period) {
    std::copy_n(data.begin(), std::min(period, data.size() - filled), data.begin() + static_cast<std::ptrdiff_t>(filled));
  }
}

}  // namespace

void fill_uniform(std::span<float> out, std::uint64_t seed, std::uint64_t stream, float limit) { uniform(out, seed, stream, limit); }
void fill_uniform(std::span<double> out, std::uint64_t seed, std::uint64_t stream, double limit) { uniform(out, seed, stream, limit); }
void fill_uniform(std::span<std::int8_t> out, std::uint64_t seed, std::uint64_t stream) {
  constexpr std::size_t kStep = 16;  // the bytes of one block
  for (std::size_t i = 0; i < out.size(); i += kStep) {
    const auto words = philox4x32(seed, stream, i / kStep);
    std::memcpy(out.data() + i, words.data(), std::min(kStep, out.size() - i));
  }
}
void fill_normal(std::span<float> out, std::uint64_t seed, std::uint64_t stream) { normal(out, seed, stream); }
void fill_normal(std::span<double> out, std::uint64_t seed, std::uint64_t stream) { normal(out, seed, stream); }

void repeat_prefix(std::span<float> data, std::size_t period) { repeat(data, period); }
void repeat_prefix(std::span<double> data, std::size_t period) { repeat(data, period); }

std::uint64_t checksum(std::span<const std::byte> bytes, std::uint64_t basis) {
  // Four independent multiply-rotate lanes keep this at memory speed; the constants are 64-bit golden-ratio odd numbers.
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15ULL;
  std::uint64_t lanes[4] = {basis ^ 1, basis ^ 2, basis ^ 3, basis ^ 4};
  const auto absorb = [&](std::uint64_t& lane, std::uint64_t word) { lane = std::rotl((lane ^ word) * kMultiplier, 29); };
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    std::uint64_t words[4];
    std::memcpy(words, bytes.data() + at, sizeof words);
    for (int lane = 0; lane < 4; ++lane) absorb(lanes[lane], words[lane]);
  }
  for (; at < bytes.size(); ++at) absorb(lanes[0], std::to_integer<std::uint64_t>(bytes[at]) + 0x100);
  std::uint64_t hash = bytes.size();
  for (std::uint64_t& lane : lanes) absorb(hash, lane);
  return hash ^ (hash >> 32);
}

}  // namespace m1bench

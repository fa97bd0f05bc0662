// SPDX-License-Identifier: Apache-2.0
//
// How an image is made: sixteen prototypes (smooth random surfaces, fixed by the seed) are weighted with sixteen random
// integer coefficients, added to mid-grey, and covered with pixel noise. Its label is the row of a fixed 10x16 teacher matrix
// that has the largest product with the coefficients, after a little noise on the ten scores. So the label is nearly a
// linear function of the image, which any of the networks can learn, while noise and margins keep it from being easy.
#include "m1bench/data/synthetic.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include "m1bench/core/check.hpp"
#include "m1bench/core/rng.hpp"

namespace m1bench {
namespace {

static_assert(std::endian::native == std::endian::little, "the random words are used byte by byte");

using RandomBytes = std::array<std::uint8_t, 16>;

RandomBytes random_bytes(std::uint64_t seed, std::uint64_t stream, std::uint64_t index) {
  return std::bit_cast<RandomBytes>(philox4x32(seed, stream, index));
}

constexpr std::size_t kClasses = 10;
constexpr std::size_t kPrototypes = 16;  // one random byte each out of one Philox block

// What sets one family of images apart. Streams are numbers that no tensor of a case uses.
struct ImageFamily {
  std::size_t side, channels;
  std::uint64_t prototype_stream, row_stream;
  std::size_t pixels() const { return side * side * channels; }
};
constexpr ImageFamily kMnist{28, 1, 0x5359'4E54'0000'0001, 0x5359'4E54'0000'0002};
constexpr ImageFamily kCifar10{32, 3, 0x5359'4E54'0000'0003, 0x5359'4E54'0000'0004};
constexpr std::uint64_t kRegressionTeacherStream = 0x5359'4E54'0000'0005, kRegressionRowStream = 0x5359'4E54'0000'0006;

// A surface over (side, side, channels): random heights in -63..63 on a 5x5 grid for each channel, interpolated bilinearly.
void append_surface(const ImageFamily& family, Rng& rng, std::vector<std::int16_t>& out) {
  constexpr std::size_t kCells = 4, kNodes = kCells + 1;
  std::vector<int> heights(kNodes * kNodes * family.channels);
  for (int& height : heights) height = static_cast<int>(rng.below(127)) - 63;

  const std::size_t cell = family.side / kCells;
  for (std::size_t y = 0; y < family.side; ++y) {
    for (std::size_t x = 0; x < family.side; ++x) {
      const int size = static_cast<int>(cell), down = static_cast<int>(y % cell), right = static_cast<int>(x % cell);
      const int* upper = heights.data() + (y / cell * kNodes + x / cell) * family.channels;
      const int* lower = upper + kNodes * family.channels;
      for (std::size_t c = 0; c < family.channels; ++c) {
        const int top = upper[c] * (size - right) + upper[c + family.channels] * right;
        const int bottom = lower[c] * (size - right) + lower[c + family.channels] * right;
        out.push_back(static_cast<std::int16_t>((top * (size - down) + bottom * down) / (size * size)));
      }
    }
  }
}

using Coefficients = std::array<std::int16_t, kPrototypes>;

// Odd numbers in -31..31: symmetric about zero, so that no class is favoured.
Coefficients coefficients_from(const RandomBytes& random) {
  Coefficients coefficients;
  for (std::size_t k = 0; k < kPrototypes; ++k) coefficients[k] = static_cast<std::int16_t>(2 * (random[k] & 31) - 31);
  return coefficients;
}

// The teacher's rows are rows of a Walsh-Hadamard matrix: equally long and orthogonal, which is what makes the classes
// equally likely. Scores have standard deviation 74; the noise on them (18) sets the best accuracy there can be.
std::uint8_t label_from(const Coefficients& coefficients, const RandomBytes& noise) {
  std::array<int, kClasses> scores;
  for (std::size_t c = 0; c < kClasses; ++c) {
    scores[c] = noise[c] >> 2;
    for (std::size_t k = 0; k < kPrototypes; ++k) {
      scores[c] += std::popcount(c & k) % 2 == 0 ? coefficients[k] : -coefficients[k];
    }
  }
  return static_cast<std::uint8_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

// pixels[i] = 128 + sum_k coefficient[k] * prototype[k][i] / 32 + noise, clamped. `sum` is scratch. The sum is at most
// 16 * 31 * 63 = 31248, so 16 bits hold it and a vector register holds twice as many; its standard deviation is about 1800.
void render(const Coefficients& coefficients, std::span<const std::int16_t> prototypes, std::span<const std::uint8_t> noise,
            std::span<std::int16_t> sum, std::span<std::uint8_t> pixels) {
  std::fill(sum.begin(), sum.end(), std::int16_t{0});
  for (std::size_t k = 0; k < kPrototypes; ++k) {
    const std::int16_t coefficient = coefficients[k];
    const std::int16_t* prototype = prototypes.data() + k * sum.size();
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = static_cast<std::int16_t>(sum[i] + coefficient * prototype[i]);
  }
  for (std::size_t i = 0; i < sum.size(); ++i) {
    const int value = 128 + (sum[i] >> 5) + (noise[i] >> 2) - 32;
    pixels[i] = static_cast<std::uint8_t>(std::clamp(value, 0, 255));
  }
}

Dataset synthetic_images(const ImageFamily& family, std::int64_t rows, std::int64_t first_row, std::uint64_t seed) {
  check(rows >= 0 && first_row >= 0, "rows of a synthetic data set are not negative");
  const std::size_t pixels = family.pixels(), count = static_cast<std::size_t>(rows);
  const auto side = static_cast<std::int64_t>(family.side), channels = static_cast<std::int64_t>(family.channels);
  Dataset set{.sample = {side, side, channels}, .rows = rows, .classes = kClasses};
  set.pixels.resize(count * pixels);
  set.labels.resize(count);

  std::vector<std::int16_t> prototypes;
  Rng rng(seed, family.prototype_stream);
  for (std::size_t k = 0; k < kPrototypes; ++k) append_surface(family, rng, prototypes);

  std::vector<std::uint8_t> noise(pixels);
  std::vector<std::int16_t> sum(pixels);
  const std::uint64_t blocks_of_row = 2 + pixels / sizeof(RandomBytes);
  for (std::size_t row = 0; row < count; ++row) {
    std::uint64_t block = (static_cast<std::uint64_t>(first_row) + row) * blocks_of_row;
    const Coefficients coefficients = coefficients_from(random_bytes(seed, family.row_stream, block++));
    set.labels[row] = label_from(coefficients, random_bytes(seed, family.row_stream, block++));
    for (std::size_t i = 0; i < pixels; i += sizeof(RandomBytes)) {
      const RandomBytes random = random_bytes(seed, family.row_stream, block++);
      std::memcpy(noise.data() + i, random.data(), random.size());
    }
    render(coefficients, prototypes, noise, sum, std::span(set.pixels).subspan(row * pixels, pixels));
  }
  return set;
}

}  // namespace

Dataset synthetic_mnist(std::int64_t rows, std::int64_t first_row, std::uint64_t seed) {
  return synthetic_images(kMnist, rows, first_row, seed);
}

Dataset synthetic_cifar10(std::int64_t rows, std::int64_t first_row, std::uint64_t seed) {
  return synthetic_images(kCifar10, rows, first_row, seed);
}

Dataset synthetic_regression(std::int64_t rows, std::int64_t first_row, std::uint64_t seed) {
  check(rows >= 0 && first_row >= 0, "rows of a synthetic data set are not negative");
  constexpr std::size_t kFeatures = 100, kBlocksOfRow = kFeatures / 4 + 1;
  constexpr int kFractionBits = 23;  // a feature is an integer in [-2^23, 2^23) over 2^23, which a float holds exactly

  Rng rng(seed, kRegressionTeacherStream);
  std::array<std::int64_t, kFeatures> line, bend;
  for (std::int64_t& weight : line) weight = static_cast<std::int64_t>(rng.below(255)) - 127;
  for (std::int64_t& weight : bend) weight = static_cast<std::int64_t>(rng.below(127)) - 63;

  const auto count = static_cast<std::size_t>(rows);
  Dataset set{.sample = {static_cast<std::int64_t>(kFeatures)}, .rows = rows};
  set.features.resize(count * kFeatures);
  set.targets.resize(count);
  for (std::size_t row = 0; row < count; ++row) {
    std::uint64_t block = (static_cast<std::uint64_t>(first_row) + row) * kBlocksOfRow;
    std::int64_t linear = 0, bent = 0;
    for (std::size_t i = 0; i < kFeatures; i += 4) {
      const auto random = philox4x32(seed, kRegressionRowStream, block++);
      for (std::size_t lane = 0; lane < 4; ++lane) {
        const auto feature = static_cast<std::int32_t>(random[lane] >> (31 - kFractionBits)) - (1 << kFractionBits);
        set.features[row * kFeatures + i + lane] = static_cast<float>(feature) * 0x1p-23f;
        linear += line[i + lane] * feature;
        bent += bend[i + lane] * feature;
      }
    }
    // The integers stay below 2^38, so only the last conversion rounds. 2^-9 brings sums of 100 weights near one.
    const std::int64_t noise = (static_cast<std::int64_t>(philox4x32(seed, kRegressionRowStream, block)[0]) - (1LL << 31)) / 6;
    const std::int64_t target = linear + (bent < 0 ? -bent : bent) + noise;
    set.targets[row] = static_cast<float>(static_cast<double>(target) * 0x1p-32);
  }
  return set;
}

}  // namespace m1bench

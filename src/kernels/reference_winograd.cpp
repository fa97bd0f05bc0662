// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/winograd.hpp"
#include "m1bench/kernels/reference.hpp"

namespace m1bench {
namespace {

constexpr std::int64_t kIn = Winograd::kIn, kOut = Winograd::kOut, kProducts = Winograd::kProducts;

template <const auto& kMatrix>
double magnitude(std::size_t i, std::size_t j) {
  return std::abs(static_cast<double>(kMatrix[i][j]));
}

// |T| X |T|^T for a square X: how large what T X T^T is made of may be.
template <const auto& kMatrix>
void transform_magnitudes(const double* in, double* out) {
  constexpr std::size_t kRows = kMatrix.size(), kColumns = kMatrix[0].size();
  for (std::size_t i = 0; i < kRows; ++i) {
    double half[kColumns] = {};
    for (std::size_t p = 0; p < kColumns; ++p) {
      for (std::size_t j = 0; j < kColumns; ++j) half[j] += magnitude<kMatrix>(i, p) * in[p * kColumns + j];
    }
    for (std::size_t j = 0; j < kRows; ++j) {
      double sum = 0;
      for (std::size_t p = 0; p < kColumns; ++p) sum += half[p] * magnitude<kMatrix>(j, p);
      out[i * kRows + j] = sum;
    }
  }
}

// The norm over the channels of each of the 36 elements of |T| |X| |T|^T, where read(c, i) gives element i of channel c's X.
template <const auto& kMatrix, class Read>
void transformed_norms(std::int64_t channels, const Read& read, double* norms) {
  constexpr std::int64_t kElements = static_cast<std::int64_t>(kMatrix[0].size() * kMatrix[0].size());
  double in[kElements], out[kProducts];
  std::fill_n(norms, kProducts, 0.0);
  for (std::int64_t c = 0; c < channels; ++c) {
    for (std::int64_t i = 0; i < kElements; ++i) in[i] = std::abs(static_cast<double>(read(c, i)));
    transform_magnitudes<kMatrix>(in, out);
    for (std::int64_t i = 0; i < kProducts; ++i) norms[i] += out[i] * out[i];
  }
  std::transform(norms, norms + kProducts, norms, [](double square) { return std::sqrt(square); });
}

std::vector<double> filter_norms(const Conv2dShape& shape, const float* weights) {
  std::vector<double> norms(static_cast<std::size_t>(shape.k * kProducts));
  for (std::int64_t k = 0; k < shape.k; ++k) {
    const auto read = [&](std::int64_t c, std::int64_t tap) { return weights[(tap * shape.c + c) * shape.k + k]; };
    transformed_norms<Winograd::kFilter>(shape.c, read, norms.data() + k * kProducts);
  }
  return norms;
}

void input_norms(const Conv2dShape& shape, const float* x, const WinogradTile& tile, double* norms) {
  transformed_norms<Winograd::kInput>(shape.c, [&](std::int64_t c, std::int64_t i) {
    const std::int64_t iy = tile.oy - shape.pad_top() + i / kIn, ix = tile.ox - shape.pad_left() + i % kIn;
    const bool outside = iy < 0 || iy >= shape.h || ix < 0 || ix >= shape.w;
    return outside ? 0.0f : x[((tile.n * shape.h + iy) * shape.w + ix) * shape.c + c];
  }, norms);
}

float as_bound(double value) { return std::nextafter(static_cast<float>(value), std::numeric_limits<float>::infinity()); }

}  // namespace

Reference reference_winograd(const Conv2dShape& shape, const float* x, const float* weights) {
  Reference reference = reference_conv2d(shape, x, weights);
  const double factor = rounding_bound(shape.c + Winograd::kRoundings, kUnitRoundoffF32);
  const std::vector<double> filters = filter_norms(shape, weights);
  for (std::int64_t t = 0; t < Winograd::tiles(shape); ++t) {
    const WinogradTile tile(shape, t);
    double inputs[kProducts], products[kProducts], outputs[kOut * kOut];
    input_norms(shape, x, tile, inputs);
    for (std::int64_t k = 0; k < shape.k; ++k) {
      for (std::int64_t i = 0; i < kProducts; ++i) products[i] = inputs[i] * filters[static_cast<std::size_t>(k * kProducts + i)];
      transform_magnitudes<Winograd::kOutput>(products, outputs);
      for (std::int64_t i = 0; i < kOut * kOut; ++i) {
        const std::int64_t oy = tile.oy + i / kOut, ox = tile.ox + i % kOut;
        if (oy >= shape.out_h() || ox >= shape.out_w()) continue;
        const std::int64_t at = ((tile.n * shape.out_h() + oy) * shape.out_w() + ox) * shape.k + k;
        reference.bounds[static_cast<std::size_t>(at)] = as_bound(factor * outputs[i]);
      }
    }
  }
  return reference;
}

}  // namespace m1bench

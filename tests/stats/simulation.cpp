// SPDX-License-Identifier: Apache-2.0
#include "stats/simulation.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <span>

#include "session/limits.hpp"

namespace m1bench {

std::string name_of(const Source& source) {
  static constexpr std::array<const char*, 3> kNames = {"normal", "t3", "outliers"};
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), "%s, sigma %.1f %%, correlation %.1f", kNames[static_cast<std::size_t>(source.noise)],
                100 * source.sigma, source.correlation);
  return text.data();
}

double normal_deviate(Rng& rng) {
  // Box and Muller, Ann. Math. Statist. 29 (1958).
  const double u = (rng.next() + 1.0) / 4294967296.0, v = rng.next() / 4294967296.0;
  return std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * v);
}

double deviate(Noise noise, Rng& rng) {
  const double normal = normal_deviate(rng);
  if (noise == Noise::normal) return normal;
  if (noise == Noise::outliers) return rng.below(10) == 0 ? 10 * normal : normal;
  double squares = 0;  // chi squared with 3 degrees of freedom: t3 is normal / sqrt(squares / 3), its variance 3
  for (int i = 0; i < 3; ++i) {
    const double other = normal_deviate(rng);
    squares += other * other;
  }
  return normal / std::sqrt(squares);
}

std::vector<double> simulated_blocks(const Source& source, std::size_t count, Rng& rng) {
  // An autoregression that is started at any value has forgotten it, to 0.3^12 of it, a dozen steps later.
  const std::size_t before = source.correlation == 0 ? 0 : 12;
  const double fresh = std::sqrt(1 - source.correlation * source.correlation);
  std::vector<double> blocks;
  blocks.reserve(count);
  double error = 0;
  for (std::size_t block = 0; block < before + count; ++block) {
    error = source.correlation * error + fresh * deviate(source.noise, rng);
    if (block >= before) blocks.push_back(source.truth + source.sigma * error);
  }
  return blocks;
}

Stopping usual_stopping() {
  const Limits limits;
  return {limits.min_blocks, limits.max_blocks, limits.precision};
}

SimulatedCase simulated_case(const Source& source, const Stopping& stopping, Rng& rng) {
  SimulatedCase result;
  result.blocks = simulated_blocks(source, static_cast<std::size_t>(stopping.last), rng);
  for (int looked = stopping.first; looked <= stopping.last; ++looked) {
    result.estimate = estimate(std::span(result.blocks).first(static_cast<std::size_t>(looked)));
    if (*result.estimate.half_width <= stopping.precision) break;
  }
  result.blocks.resize(static_cast<std::size_t>(result.estimate.blocks));
  return result;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/peak.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <utility>

#include "kernels/i8_lanes.hpp"
#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

// Registers that hold chains: three quarters of what there is, the rest being for factors and products. Four multiply-adds a
// cycle of a latency of four (Apple M1) want 16 of 32; two of each kind a cycle of a latency of three (AMD Zen) want 12 of 16.
#if defined(__AVX512F__) || defined(__aarch64__)
constexpr std::size_t kRegisters = 24;
#else
constexpr std::size_t kRegisters = 12;
#endif
using EachRegister = std::make_index_sequence<kRegisters>;

template <class T>
using PacketOf = typename Eigen::internal::packet_traits<T>::type;
template <class T>
constexpr std::int64_t kLanesOf = Eigen::internal::packet_traits<T>::size;

// Two steps, which together add (factor + 1/factor) * addend, in instructions that overwrite what they read: a chain that had to
// be copied on the way would wait for more than arithmetic.
template <class T>
struct TwoSteps {
  using Packet = PacketOf<T>;
  TwoSteps(T up, T step)
      : factor(Eigen::internal::pset1<Packet>(up)),
        inverse(Eigen::internal::pset1<Packet>(1 / up)),
        addend(Eigen::internal::pset1<Packet>(step)),
        scaled(Eigen::internal::pset1<Packet>(up * step)) {}
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
  // Products are added to the chain, as in a matrix product: Arm's instruction overwrites the sum and nothing else.
  Packet first(const Packet& x) const { return Eigen::internal::pmadd(factor, addend, x); }
  Packet second(const Packet& x) const { return Eigen::internal::pmadd(inverse, addend, x); }
#else
  // The chain itself is multiplied, because a product of factors alone would be computed once, before the loop.
  Packet first(const Packet& x) const { return Eigen::internal::padd(Eigen::internal::pmul(x, factor), addend); }
  Packet second(const Packet& x) const { return Eigen::internal::padd(Eigen::internal::pmul(x, inverse), scaled); }
#endif
  Packet factor, inverse, addend, scaled;
};

template <class T, std::size_t... kRegister>
void advance(const T* start, const TwoSteps<T>& steps, std::int64_t pairs, T* end, std::index_sequence<kRegister...>) {
  const TwoSteps<T> two = steps;  // nobody else's, so that it stays in registers
  PacketOf<T> x[] = {Eigen::internal::ploadu<PacketOf<T>>(start + kRegister * kLanesOf<T>)...};
  for (; pairs > 0; --pairs) {
    ((x[kRegister] = two.first(x[kRegister])), ...);
    ((x[kRegister] = two.second(x[kRegister])), ...);
  }
  (Eigen::internal::pstoreu(end + kRegister * kLanesOf<T>, x[kRegister]), ...);
}

// The compiler takes the register for changed, at the cost of no instruction, and computes again what it computed from it.
template <class Vector>
void renew(Vector& value) {
#if defined(__x86_64__)
  asm("" : "+v"(value));
#elif defined(__aarch64__)
  asm("" : "+w"(value));
#else
  asm("" : "+m"(value));
#endif
}

template <class Lanes, std::size_t... kRegister>
void advance_i8(const std::int32_t* start, std::int8_t a, std::int8_t b, std::int64_t groups, std::int32_t* end,
                std::index_sequence<kRegister...>) {
  typename Lanes::Packed row[Lanes::kRows * Lanes::kGroup], column[Lanes::kLanes * Lanes::kGroup];
  std::ranges::fill(row, a);
  std::ranges::fill(column, b);
  const auto rows = Lanes::load_rows(row);
  auto columns = Lanes::load_columns(column);
  typename Lanes::Vector sums[] = {Lanes::load(start + kRegister * Lanes::kLanes)...};
  for (; groups > 0; --groups) {
    // Otherwise one product would do for all sums and all steps.
    ((renew(columns), sums[kRegister] = Lanes::template add_products<0>(sums[kRegister], rows, columns)), ...);
  }
  (Lanes::store(end + kRegister * Lanes::kLanes, sums[kRegister]), ...);
}

// Every thread advances all chains, `lanes` of them in each register.
template <class T, class Advance>
void on_each_thread(std::span<const T> start, std::int64_t lanes, std::span<T> end, Parallel& parallel, const Advance& advance) {
  check(std::ssize(start) == kPeakChains && std::ssize(end) == parallel.threads() * kPeakChains, "a row of chains for each thread");
  parallel.for_panels(parallel.threads(), 1, [&](std::int64_t begin, std::int64_t last) {
    for (std::int64_t thread = begin; thread < last; ++thread) {
      const std::int64_t at_once = static_cast<std::int64_t>(kRegisters) * lanes;
      for (std::int64_t i = 0; i < kPeakChains; i += at_once) advance(start.data() + i, end.data() + thread * kPeakChains + i);
    }
  });
}

template <class T>
void float_chains(std::span<const T> start, T factor, T addend, std::int64_t steps, std::span<T> end, Parallel& parallel) {
  static_assert(kPeakChains % (static_cast<std::int64_t>(kRegisters) * kLanesOf<T>) == 0);
  check(steps % 2 == 0, "steps come in pairs");
  const TwoSteps<T> two(factor, addend);
  on_each_thread(start, kLanesOf<T>, end, parallel,
                 [&](const T* from, T* to) { advance(from, two, steps / 2, to, EachRegister{}); });
}

}  // namespace

void peak_chains(std::span<const float> start, float factor, float addend, std::int64_t steps, std::span<float> end,
                 Parallel& parallel) {
  float_chains(start, factor, addend, steps, end, parallel);
}

void peak_chains(std::span<const double> start, double factor, double addend, std::int64_t steps, std::span<double> end,
                 Parallel& parallel) {
  float_chains(start, factor, addend, steps, end, parallel);
}

void peak_chains(std::span<const std::int32_t> start, std::int8_t a, std::int8_t b, std::int64_t products,
                 std::span<std::int32_t> end, Parallel& parallel) {
  static_assert(kPeakChains % (static_cast<std::int64_t>(kRegisters) * I8Lanes::kLanes) == 0);
  static_assert(kPeakProducts % I8Lanes::kGroup == 0);
  check(products % kPeakProducts == 0, "products come in whole groups");
  on_each_thread(start, I8Lanes::kLanes, end, parallel, [&](const std::int32_t* from, std::int32_t* to) {
    advance_i8<I8Lanes>(from, a, b, products / I8Lanes::kGroup, to, EachRegister{});
  });
}

}  // namespace m1bench

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
// cycle of a latency of four (Apple M1) want 16 of 32, two of four (AMD Zen, Intel) want 8 of 16.
#if defined(__AVX512F__) || defined(__aarch64__)
constexpr std::size_t kRegisters = 24;
#else
constexpr std::size_t kRegisters = 12;
#endif

template <class T>
using PacketOf = typename Eigen::internal::packet_traits<T>::type;
template <class T>
constexpr std::int64_t kLanesOf = Eigen::internal::packet_traits<T>::size;

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

// Two steps, which together add (factor + 1/factor) * addend, in instructions that overwrite what they read: a chain that had to
// be copied on the way would wait for more than arithmetic.
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
// Products are added to the chain as in a matrix product: Arm's instruction overwrites the sum and nothing else.
constexpr std::size_t kFloatChains = kRegisters;
template <class T>
struct TwoSteps {
  using Packet = PacketOf<T>;
  struct Chain {
    Packet sum;
  };
  TwoSteps(T up, T step)
      : factor(Eigen::internal::pset1<Packet>(up)),
        inverse(Eigen::internal::pset1<Packet>(1 / up)),
        addend(Eigen::internal::pset1<Packet>(step)) {}
  Chain begin(const T* x) const { return {Eigen::internal::ploadu<Packet>(x)}; }
  void first(Chain& chain) const { chain.sum = Eigen::internal::pmadd(factor, addend, chain.sum); }
  void second(Chain& chain) const { chain.sum = Eigen::internal::pmadd(inverse, addend, chain.sum); }
  Packet factor, inverse, addend;
};
#else
// Each chain adds a product of its own, multiplied up and down in turn, so that multiplications wait for no addition. One of each
// kind in seven pairs of registers: two a cycle of a latency of three (AMD Zen) want six.
constexpr std::size_t kFloatChains = 7;
template <class T>
struct TwoSteps {
  using Packet = PacketOf<T>;
  struct Chain {
    Packet sum, product;
  };
  TwoSteps(T up, T step)
      : factor(Eigen::internal::pset1<Packet>(up * up)),
        inverse(Eigen::internal::pset1<Packet>(1 / (up * up))),
        product(Eigen::internal::pset1<Packet>(step / up)) {}
  Chain begin(const T* x) const { return {Eigen::internal::ploadu<Packet>(x), product}; }
  void first(Chain& chain) const { add(chain, factor); }
  void second(Chain& chain) const { add(chain, inverse); }
  static void add(Chain& chain, const Packet& by) {
    chain.product = Eigen::internal::pmul(chain.product, by);
    chain.sum = Eigen::internal::padd(chain.sum, chain.product);
    renew(chain.product);  // equal products of all chains would be computed once
  }
  Packet factor, inverse, product;
};
#endif

template <class T, std::size_t... kChain>
void advance(const T* start, const TwoSteps<T>& steps, std::int64_t pairs, T* end, std::index_sequence<kChain...>) {
  const TwoSteps<T> two = steps;  // nobody else's, so that it stays in registers
  typename TwoSteps<T>::Chain chains[] = {two.begin(start + kChain * kLanesOf<T>)...};
  for (; pairs > 0; --pairs) {
    (two.first(chains[kChain]), ...);
    (two.second(chains[kChain]), ...);
  }
  (Eigen::internal::pstoreu(end + kChain * kLanesOf<T>, chains[kChain].sum), ...);
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

// Every thread advances all chains, so many of them at once.
template <class T, class Advance>
void on_each_thread(std::span<const T> start, std::int64_t at_once, std::span<T> end, Parallel& parallel, const Advance& advance) {
  check(std::ssize(start) == kPeakChains && std::ssize(end) == parallel.threads() * kPeakChains, "a row of chains for each thread");
  parallel.for_panels(parallel.threads(), 1, [&](std::int64_t begin, std::int64_t last) {
    for (std::int64_t thread = begin; thread < last; ++thread) {
      for (std::int64_t i = 0; i < kPeakChains; i += at_once) advance(start.data() + i, end.data() + thread * kPeakChains + i);
    }
  });
}

template <class T>
void float_chains(std::span<const T> start, T factor, T addend, std::int64_t steps, std::span<T> end, Parallel& parallel) {
  constexpr std::int64_t kAtOnce = static_cast<std::int64_t>(kFloatChains) * kLanesOf<T>;
  static_assert(kPeakChains % kAtOnce == 0);
  check(steps % 2 == 0, "steps come in pairs");
  const TwoSteps<T> two(factor, addend);
  on_each_thread(start, kAtOnce, end, parallel,
                 [&](const T* from, T* to) { advance(from, two, steps / 2, to, std::make_index_sequence<kFloatChains>{}); });
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
  constexpr std::int64_t kAtOnce = static_cast<std::int64_t>(kRegisters) * I8Lanes::kLanes;
  static_assert(kPeakChains % kAtOnce == 0);
  static_assert(kPeakProducts % I8Lanes::kGroup == 0);
  check(products % kPeakProducts == 0, "products come in whole groups");
  on_each_thread(start, kAtOnce, end, parallel, [&](const std::int32_t* from, std::int32_t* to) {
    advance_i8<I8Lanes>(from, a, b, products / I8Lanes::kGroup, to, std::make_index_sequence<kRegisters>{});
  });
}

}  // namespace m1bench

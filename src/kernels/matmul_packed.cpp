// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "kernels/matmul_variants.hpp"
#include "kernels/packed_gemm.hpp"
#include "kernels/packing.hpp"

namespace m1bench {
namespace {

// The operands as they are stored.
template <class T>
class LeftMatrix {
 public:
  explicit LeftMatrix(const Gemm<T>& g) : g_(g) {}
  void pack(std::int64_t r0, std::int64_t r1, std::int64_t k0, std::int64_t k1, T* panel) const {
    if (g_.transpose_a) return pack_rows<Tile<T>::kRows>(g_.a + k0 * g_.m + r0, g_.m, k1 - k0, r1 - r0, panel);
    pack_columns<Tile<T>::kRows>(g_.a + r0 * g_.k + k0, g_.k, k1 - k0, r1 - r0, panel);
  }

 private:
  const Gemm<T>& g_;
};

template <class T>
class RightMatrix {
 public:
  explicit RightMatrix(const Gemm<T>& g) : g_(g) {}
  void pack(std::int64_t c0, std::int64_t c1, std::int64_t k0, std::int64_t k1, T* panel) const {
    if (g_.transpose_b) return pack_columns<Tile<T>::kColumns>(g_.b + c0 * g_.k + k0, g_.k, k1 - k0, c1 - c0, panel);
    pack_rows<Tile<T>::kColumns>(g_.b + k0 * g_.n + c0, g_.n, k1 - k0, c1 - c0, panel);
  }
  const T* in_place() const { return g_.transpose_b ? nullptr : g_.b; }
  std::int64_t stride() const { return g_.n; }

 private:
  const Gemm<T>& g_;
};

// How C is shared out: along its longer side, in whole tiles. Each thread packs for itself what it needs, which is its part of
// one operand and all of the other, so that none waits for another.
template <class T>
class Shares {
 public:
  Shares(const Gemm<T>& g, int threads)
      : g_(g),
        by_rows_(g.m >= g.n),
        grain_(by_rows_ ? Tile<T>::kRows : Tile<T>::kColumns),
        grains_((length() + grain_ - 1) / grain_) {
    // Less work than this is done before another thread is awake: about 5 us at 100 Gflop/s.
    constexpr std::int64_t kLeastFlop = 1 << 19;
    const std::int64_t worthwhile = std::max<std::int64_t>(1, 2 * g.m * g.n * g.k / kLeastFlop);
    count_ = std::min({static_cast<std::int64_t>(threads), grains_, worthwhile});
  }

  std::int64_t count() const { return count_; }
  Range rows(std::int64_t share) const { return by_rows_ ? cut(share) : Range{0, g_.m}; }
  Range columns(std::int64_t share) const { return by_rows_ ? Range{0, g_.n} : cut(share); }
  std::int64_t scratch_elements() const {
    const std::int64_t longest = (grains_ + count_ - 1) / count_ * grain_;
    return PackedBlocks<T>::scratch_elements(by_rows_ ? longest : g_.m, by_rows_ ? g_.n : longest, g_.k);
  }

 private:
  std::int64_t length() const { return by_rows_ ? g_.m : g_.n; }
  Range cut(std::int64_t share) const {
    const auto border = [&](std::int64_t i) { return std::min(length(), grains_ * i / count_ * grain_); };
    return {border(share), border(share + 1)};
  }

  const Gemm<T>& g_;
  bool by_rows_;
  std::int64_t grain_, grains_, count_;
};

template <class T>
void multiply(const Gemm<T>& g, Parallel& parallel) {
  if (g.m == 0 || g.n == 0) return;
  if (g.k == 0) {
    if (!g.accumulate) std::fill_n(g.c, g.m * g.n, T(0));
    return;
  }
  const LeftMatrix<T> a(g);
  const RightMatrix<T> b(g);
  const PackedProduct<T, LeftMatrix<T>, RightMatrix<T>> product(a, b, g.k, g.c, g.n, g.accumulate);
  const Shares<T> shares(g, parallel.threads());
  const std::int64_t elements = shares.scratch_elements();
  T* scratch = reinterpret_cast<T*>(parallel.scratch(static_cast<std::size_t>(elements * shares.count()) * sizeof(T)));
  parallel.for_panels(shares.count(), 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) product.run(shares.rows(i), shares.columns(i), scratch + i * elements);
  });
}

}  // namespace

void packed_gemm(const Gemm<float>& g, Parallel& parallel) { multiply(g, parallel); }
void packed_gemm(const Gemm<double>& g, Parallel& parallel) { multiply(g, parallel); }

}  // namespace m1bench

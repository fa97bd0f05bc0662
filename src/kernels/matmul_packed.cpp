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

template <class T>
void packed(const Gemm<T>& g, Parallel& parallel) {
  if (g.m == 0 || g.n == 0) return;
  if (g.k == 0) {
    if (!g.accumulate) std::fill_n(g.c, g.m * g.n, T(0));
    return;
  }
  const LeftMatrix<T> a(g);
  const RightMatrix<T> b(g);
  const PackedProduct<T, LeftMatrix<T>, RightMatrix<T>> product(a, b, g.k, g.c, g.n, g.accumulate);
  // Each thread packs for itself what it needs: half of C's longer side, and for that all of the other operand.
  const bool by_rows = g.m >= g.n;
  const std::int64_t length = by_rows ? g.m : g.n, grain = by_rows ? Tile<T>::kRows : Tile<T>::kColumns;
  const std::int64_t grains = (length + grain - 1) / grain, parts = std::min<std::int64_t>(parallel.threads(), grains);
  const auto border = [&](std::int64_t part) { return std::min(length, grains * part / parts * grain); };
  const std::int64_t longest = (grains + parts - 1) / parts * grain;
  const std::int64_t each = PackedBlocks<T>::scratch_elements(by_rows ? longest : g.m, by_rows ? g.n : longest, g.k);
  T* scratch = reinterpret_cast<T*>(parallel.scratch(static_cast<std::size_t>(each * parts) * sizeof(T)));
  parallel.for_panels(parts, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t part = begin; part < end; ++part) {
      const Range cut{border(part), border(part + 1)};
      product.run(by_rows ? cut : Range{0, g.m}, by_rows ? Range{0, g.n} : cut, scratch + part * each);
    }
  });
}

}  // namespace

void packed_gemm(const Gemm<float>& g, Parallel& parallel) { packed(g, parallel); }
void packed_gemm(const Gemm<double>& g, Parallel& parallel) { packed(g, parallel); }

}  // namespace m1bench

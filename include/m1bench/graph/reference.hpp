// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "m1bench/graph/graph.hpp"
#include "m1bench/tensor/compare.hpp"

// The right answer of a whole graph, apart from the kernels that are checked by it: plain loops in double precision, where each
// number carries a bound on how far from it a correct kernel's may be (running error analysis). Compiled without fused
// multiply-adds, so every slice has the same one. With u = 2^-24, gamma_n = nu / (1 - nu), and b the bound of an operand x:
//
//   n products and a bias   gamma_{n+1} (sum |w| (|x| + b) + |bias|) + sum |w| b, in whatever order, fused or not
//   sum of two, mean of n   likewise with weights of 1 and 1/n, and with gamma_1 and gamma_n
//   clamp, max, rounding    what becomes of x - b and x + b, since none of these ever falls where x grows
//   softmax of n            y (exp(L) - 1) with L = beta (b + max b) + 2 gamma_2 beta (max - min) + gamma_{n+10}: a shift of all
//                           x changes nothing, an argument of exp is rounded twice, and exp is within two units in the last
//                           place
//
// and for each rounding the smallest normal number, since a kernel may flush what is smaller to zero.
//
// Sums and products of int8 are exact, so their bound is 0 as long as that of their operands is: what f32 that is not exact
// becomes when it is quantised, and each share of an int8 softmax that lies next to the middle between two steps, has a bound of
// one step or more.
// Sources: Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., SIAM 2002, lemma 3.1 and section 3.3; Blanchard,
// Higham and Higham, "Accurately computing the log-sum-exp and softmax functions", IMA J. Numer. Anal. 41 (2021).
namespace m1bench {

// What a validated graph makes of the elements `x` of its input. Costs several times as much as running it, and 16 bytes for
// each element that is alive. Throws Error(data) naming the operator if one of its numbers is none that f32 can hold.
Reference reference_run(const Graph& graph, std::span<const std::byte> x);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "m1bench/tensor/compare.hpp"
#include "result/model.hpp"
#include "result/wire.hpp"

// Answers on their way from a worker's file to a verdict.
namespace m1bench {

// `elements` values (f64) followed by as many bounds (f32), as a worker's `reference` wrote them. Throws Error(data).
Reference read_reference(const std::string& path, std::uint64_t elements);

// What a worker computed: raw elements of a type.
struct Answer {
  std::string dtype, bytes;
};

// The raw elements a `verify` wrote. Throws Error(data) if there are not as many as the reply says.
std::string read_answer(const std::string& path, const Reply& reply);

// Losses of another target must agree to one part in ten thousand: more than rounding moves them in twenty steps, less than
// any wrong gradient does.
inline constexpr double kLossTolerance = 1e-4;
Reference reference_of_losses(std::span<const double> losses);

std::vector<double> as_doubles(const std::string& bytes);

// Fills status, cause, worst_error and worst_bound of `check`. An answer of training may hold fewer losses than the
// reference (a slow target's); then only those are compared.
void judge_answer(const Reference& reference, const Answer& answer, const Case& item, Verification& check);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
// What the other cases are measured against: the arithmetic and the memory bandwidth that a target can reach at all.
#include <algorithm>
#include <vector>

#include "bench/arrays.hpp"
#include "bench/families.hpp"
#include "m1bench/core/check.hpp"
#include "m1bench/kernels/elementwise.hpp"
#include "m1bench/kernels/peak.hpp"

namespace m1bench {
namespace {

// Exact in the types that are computed with: floats stay multiples of a half below 2^13, sums of integers below 2^26.
constexpr double kFactor = 2, kAddend = 1;
constexpr std::int8_t kLeft = -77, kRight = 113;

template <class T>
void advance(std::span<const T> start, std::int64_t steps, std::span<T> end, Parallel& parallel) {
  peak_chains(start, T(kFactor), T(kAddend), steps, end, parallel);
}
void advance(std::span<const std::int32_t> start, std::int64_t steps, std::span<std::int32_t> end, Parallel& parallel) {
  peak_chains(start, kLeft, kRight, steps, end, parallel);
}

// By how much a step carries a chain of this type, two steps taken together.
template <class T>
constexpr double kGain = (kFactor + 1 / kFactor) * kAddend / 2;
template <>
constexpr double kGain<std::int32_t> = kLeft * kRight;

// Chains in registers, from small random integers on; every thread has them all.
template <class T>
class Peak final : public Workload {
 public:
  Peak(const CaseSpec& spec, const WorkloadOptions& options)
      : parallel_(*options.parallel),
        steps_(parameter(spec, "steps")),
        start_(Shape{kPeakChains}),
        end_(Shape{parallel_.threads(), kPeakChains}) {
    check(parameter(spec, "chains") == kPeakChains, "the catalogue counts the chains that there are");
    std::vector<std::int8_t> bytes(start_.size());
    fill_uniform(std::span(bytes), options.seed, 0);
    std::ranges::copy(bytes, start_.data());
  }
  void loop() override { advance(std::span<const T>(start_.span()), steps_, end_.span(), parallel_); }
  std::vector<NamedArray> inputs() override { return {{"start", view_of(start_)}}; }
  NamedArray answer() override { return {"end", view_of(end_)}; }
  std::optional<Reference> reference() override {
    Reference reference{std::vector<double>(end_.size()), std::vector<float>(end_.size())};
    for (std::size_t i = 0; i < end_.size(); ++i) {
      reference.values[i] = static_cast<double>(start_[i % start_.size()]) + kGain<T> * static_cast<double>(steps_);
    }
    return reference;
  }

 private:
  Parallel& parallel_;
  std::int64_t steps_;
  Tensor<T> start_, end_;
};

// Of multiples of 2^-23 below 1, so that products and sums are exact, fused or not.
class Triad final : public Workload {
 public:
  Triad(const CaseSpec& spec, const WorkloadOptions& options)
      : parallel_(*options.parallel),
        arrays_(options.memory, parameter(spec, "elements"), 3),
        a_(arrays_[0]),
        b_(arrays_[1]),
        c_(arrays_[2]) {
    std::ranges::fill(a_, 0.0);
    fill(b_, options.seed, 0);
    fill(c_, options.seed, 1);
  }
  void reset() override { spoil(a_); }
  void loop() override { triad(b_, kScalar, c_, a_, parallel_); }
  std::vector<NamedArray> inputs() override { return {{"b", arrays_.view(1)}, {"c", arrays_.view(2)}}; }
  NamedArray answer() override { return {"a", arrays_.view(0)}; }
  std::optional<Reference> reference() override {
    Reference reference{std::vector<double>(a_.size()), std::vector<float>(a_.size())};
    for (std::size_t i = 0; i < a_.size(); ++i) reference.values[i] = b_[i] + kScalar * c_[i];
    return reference;
  }

 private:
  static constexpr double kScalar = 3;  // as in STREAM
  static void fill(std::span<double> values, std::uint64_t seed, std::uint64_t stream) {
    const std::size_t stretch = std::min(kRandomStretch, values.size());
    fill_uniform(values.first(stretch), seed, stream, 1.0);
    repeat_prefix(values, stretch);
  }

  Parallel& parallel_;
  Arrays<double> arrays_;
  std::span<double> a_, b_, c_;
};

}  // namespace

std::unique_ptr<Workload> make_bound(const CaseSpec& spec, const WorkloadOptions& options) {
  if (spec.rate == Rate::bytes) return std::make_unique<Triad>(spec, options);
  if (spec.dtype == "f32") return std::make_unique<Peak<float>>(spec, options);
  if (spec.dtype == "f64") return std::make_unique<Peak<double>>(spec, options);
  check(spec.dtype == "i8", "a known type of chains");
  return std::make_unique<Peak<std::int32_t>>(spec, options);
}

}  // namespace m1bench

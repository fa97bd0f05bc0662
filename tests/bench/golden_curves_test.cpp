// SPDX-License-Identifier: Apache-2.0
// The first losses of every training case, against those of Keras and PyTorch from the same weights on the same batches.
#include <gtest/gtest.h>

#include <cctype>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bench/networks.hpp"
#include "bench/workload.hpp"
#include "session/answers.hpp"
#include "support/oracle.hpp"

namespace m1bench {
namespace {

std::vector<std::string> training_cases() {
  std::vector<std::string> names;
  for (const Network& network : networks()) names.emplace_back(network.case_name);
  return names;
}

// A build without optimisation takes seconds for one step of the CIFAR network; there, the first few have to do.
std::uint64_t steps_of(const std::string& case_name) {
#ifdef __OPTIMIZE__
  constexpr std::uint64_t kMostLargeSteps = kVerifiedSteps;
#else
  constexpr std::uint64_t kMostLargeSteps = 3;
#endif
  return network_named(case_name).flop_per_step > 1e9 ? kMostLargeSteps : kVerifiedSteps;
}

class GoldenCurves : public testing::TestWithParam<std::string> {};
TEST_P(GoldenCurves, FirstLossesAreTheOracles) {
  const std::uint64_t seed = oracle_case(oracle_cases("keras"), GetParam()).seed;
  Parallel parallel(2);
  const auto workload = make_workload(GetParam(), {.seed = seed, .parallel = &parallel});
  const std::uint64_t inputs = input_checksum(*workload), steps = steps_of(GetParam());
  for (std::uint64_t step = 0; step < steps; ++step) workload->loop();

  for (const char* oracle : kOracles) {
    SCOPED_TRACE(oracle);
    const std::vector<OracleCase> cases = oracle_cases(oracle);
    const OracleCase& curve = oracle_case(cases, GetParam());
    ASSERT_EQ(curve.seed, seed);
    ASSERT_EQ(std::stoull(curve.input_checksum, nullptr, 16), inputs)
        << "the oracle trained on other data, batches or weights: make its file anew with scripts/make_golden.py";
    const OracleArray& want = curve.array("losses");
    ASSERT_EQ(want.shape, (Shape{static_cast<std::int64_t>(kVerifiedSteps)}));
    const Deviation found = compare(workload->answer().array, reference_of_losses(std::span(want.values).first(steps)));
    EXPECT_TRUE(found.ok()) << "loss of step " << found.worst + 1 << " is " << found.got << ", not " << found.want;
  }
}
INSTANTIATE_TEST_SUITE_P(Cases, GoldenCurves, testing::ValuesIn(training_cases()), [](const auto& row) {
  std::string name = row.param;
  for (char& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
});

}  // namespace
}  // namespace m1bench

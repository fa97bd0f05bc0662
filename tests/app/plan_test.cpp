// SPDX-License-Identifier: Apache-2.0
#include "app/plan.hpp"

#include <gtest/gtest.h>

namespace m1bench {
namespace {

TEST(CaseOf, CostsAreThoseOfTheWholeTeam) {
  struct Row {
    const char* name;
    double flop_on_one, flop_on_four;
  };
  constexpr double kPeak = 2.0 * 2688 * 4096;
  for (const Row& row : {Row{"bound/f32", kPeak, 4 * kPeak}, {"bound/i8", kPeak, 4 * kPeak},
                         {"matmul/f32/1000", 2e9, 2e9}, {"bound/triad", 1 << 24, 1 << 24}}) {
    const CaseSpec& spec = *find_case_spec(row.name);
    EXPECT_EQ(case_of(spec, 1, 1).flop, row.flop_on_one) << row.name;
    EXPECT_EQ(case_of(spec, 1, 4).flop, row.flop_on_four) << row.name;
    EXPECT_EQ(case_of(spec, 1, 4).bytes, spec.bytes) << row.name;
  }
}

}  // namespace
}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "result/case_json.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace m1bench {
namespace {

TEST(CaseJson, SaysWhatADumpHolds) {
  Case item;
  item.name = "train/mnist-mlp";
  item.family = "train";
  item.dtype = "f32";
  item.variant = "eigen";
  item.seed = 7;
  item.threads = 2;
  item.parameters = {{"batch", "32"}};
  const std::vector<std::string> arrays{"losses", "x"};
  EXPECT_EQ(case_json(item, "arm64/native", "00000000000000aa", arrays), R"({
  "case": "train/mnist-mlp",
  "target": "arm64/native",
  "family": "train",
  "dtype": "f32",
  "variant": "eigen",
  "seed": 7,
  "threads": 2,
  "parameters": {
    "batch": "32"
  },
  "input_checksum": "00000000000000aa",
  "arrays": [
    "losses",
    "x"
  ]
}
)");
}

}  // namespace
}  // namespace m1bench

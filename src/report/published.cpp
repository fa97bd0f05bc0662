// SPDX-License-Identifier: Apache-2.0
#include "report/published.hpp"

#include <fmt/format.h>

#include <array>

#include "report/table.hpp"

namespace m1bench {
namespace {

// TensorFlow, train/cifar-mlp, batch 32, 50000 rows, March 2022; microseconds per sample of steady epochs.
struct Row {
  const char* device;
  double us_per_sample, s_per_epoch;
};
constexpr std::array<Row, 4> kCifarMlp{{
    {"Apple M1 GPU (tensorflow-metal)", 292, 15},
    {"Apple M1 CPU (tensorflow-macos)", 485, 24},
    {"Intel Core i9 CPU (oneDNN, AVX-512)", 677, 34},
    {"NVIDIA A100-PCIE-40GB", 97, 5},
}};

}  // namespace

std::string published_table(const std::string& case_name) {
  if (case_name != "train/cifar-mlp") return "";
  Table table{{{"published, other machine"}, {"us/sample", Align::right}, {"s/epoch", Align::right}}, {}};
  for (const Row& row : kCifarMlp) {
    table.rows.push_back({{row.device}, {fmt::format("{:.0f}", row.us_per_sample)}, {fmt::format("{:.0f}", row.s_per_epoch)}});
  }
  return to_text(table, false) +
         "TensorFlow, March 2022, batch 32; with real CIFAR-10 on the M1 CPU loss/accuracy after epochs 1 to 5 were\n"
         "1.8087/.3563, 1.6201/.4260, 1.5392/.4527, 1.4784/.4787, 1.4296/.4960.\n";
}

}  // namespace m1bench

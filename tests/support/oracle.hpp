// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "m1bench/tensor/tensor.hpp"

// What Keras and PyTorch answered: the files of tests/data/golden, which scripts/make_golden.py writes.
namespace m1bench {

inline constexpr const char* kOracles[] = {"keras", "torch"};

struct OracleArray {
  Shape shape;
  std::vector<double> values;
};

// One question with its answer: a layer, a loss, an optimizer, or the training of a network. Whatever is asked for and is not
// there is an Error(data).
struct OracleCase {
  std::string name, kind;
  std::map<std::string, OracleArray> arrays;
  // Of trainings only: where their inputs come from.
  std::uint64_t seed = 0;
  std::string input_checksum;

  const OracleArray& array(const std::string& key) const;
  double number(const std::string& key) const;         // of rank 0
  Tensor<float> tensor(const std::string& key) const;  // an input, which is exact in single precision
  std::vector<std::int64_t> labels(const std::string& key) const;
};

// All cases of one oracle, in the file's order. Throws Error(data) unless every field is there, known, and of its type, and
// every array has as many numbers as its shape says.
std::vector<OracleCase> parse_oracle(std::string_view text);
std::vector<OracleCase> oracle_cases(const std::string& oracle);

// The one of that name; Error(data) if there is none.
const OracleCase& oracle_case(const std::vector<OracleCase>& cases, const std::string& name);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace m1bench {

// How the speed of a case is told.
enum class Rate { flops, ops, bytes, samples };  // `ops`: arithmetic on integers

// Which model file a case runs, if any: one that m1bench comes with, or the one that the user gives.
enum class ModelFile { none, own, given };

// One row of the catalogue: a workload with fixed shape, type and cost. Costs are per loop.
struct CaseSpec {
  std::string name;     // "matmul/f32/1000", with "/blocked" behind it for a variant that is not the default one
  std::string family;   // "matmul": what it is, the first part of the name
  std::string dtype;    // "f32"
  std::string variant;  // "eigen"
  bool default_variant = true;
  bool core = false;    // part of what `all` runs
  Rate rate = Rate::flops;
  double flop = 0;      // additions and multiplications; of integers, if the rate is `ops`. Of a given model only its file can say
  double bytes = 0;     // read plus written, without write-allocate; 0 where arithmetic is what limits
  double samples = 0;   // rows consumed by training, images by inference
  bool per_thread = false;  // flop are those of each thread, for every one does all of it
  bool launch = false;  // a loop is the launch of a worker: the driver times it, and there is no workload
  ModelFile model = ModelFile::none;
  std::vector<std::pair<std::string, std::string>> parameters;  // shapes and the like, as people read them
};

// Every case m1bench has, in the order in which people read them.
const std::vector<CaseSpec>& catalogue();

const CaseSpec* find_case_spec(std::string_view name);

// Which cases a set holds, or the patterns name. A pattern matches default variants only, unless `all_variants`; the exact
// name of a case always matches it. The sets: "core" (what `all` runs) and "full" (everything but the reference variants).
std::vector<const CaseSpec*> cases_in_set(std::string_view set);  // throws Error(usage) for another name
std::vector<const CaseSpec*> cases_matching(std::span<const std::string> patterns, bool all_variants);  // throws Error(usage)

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "bench/workload.hpp"

#include <algorithm>
#include <array>

#include "bench/families.hpp"
#include "m1bench/core/check.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

struct Maker {
  const char* family;
  std::unique_ptr<Workload> (*make)(const CaseSpec&, const WorkloadOptions&);
  bool shares = false;  // its arrays, each of which a loop goes through once: as many bytes as it reads and writes
};
constexpr auto kMakers = std::to_array<Maker>({
    {"matmul", make_matmul},
    {"gemm", make_matmul},
    {"conv2d", make_conv2d},
    {"elementwise", make_elementwise, true},
    {"reduce", make_reduce, true},
    {"softmax", make_softmax},
    {"train", make_training},
    {"pipeline", make_pipeline},
    {"memory", make_memory},
    {"infer", make_inference},
    {"bound", make_bound, true},
});

const Maker& maker_of(const CaseSpec& spec) {
  const auto maker = std::find_if(kMakers.begin(), kMakers.end(), [&](const Maker& row) { return spec.family == row.family; });
  check(maker != kMakers.end(), "every family has a maker");
  return *maker;
}

}  // namespace

std::uint64_t Workload::output_checksum() { return checksum(answer().array.bytes); }

std::unique_ptr<Workload> make_workload(const std::string& case_name, const WorkloadOptions& options) {
  check(options.parallel != nullptr, "a workload has a team of threads");
  const CaseSpec* spec = find_case_spec(case_name);
  if (!spec) throw Error(ErrorKind::usage, "there is no case '" + case_name + "'");
  if (spec->launch) throw Error(ErrorKind::usage, case_name + " is timed by the driver and has nothing that a worker could run");
  return maker_of(*spec).make(*spec, options);
}

std::uint64_t shared_bytes(const CaseSpec& spec) {
  return !spec.launch && maker_of(spec).shares ? static_cast<std::uint64_t>(spec.bytes) : 0;
}

std::vector<OperationInfo> operations_of(const CaseSpec& spec, Workload& workload, int threads) {
  std::vector<OperationInfo> list = workload.operations();
  if (!list.empty()) return list;
  OperationInfo whole{.name = spec.family, .kind = spec.family, .dtype = spec.dtype};
  // Of what is told in bytes the catalogue counts other arithmetic than products.
  if (spec.rate != Rate::bytes) whole.cost.flop = spec.flop * (spec.per_thread ? threads : 1);
  whole.cost.bytes = spec.bytes;
  if (spec.bytes == 0) {
    whole.cost.bytes = static_cast<double>(workload.answer().array.bytes.size());
    for (const NamedArray& input : workload.inputs()) whole.cost.bytes += static_cast<double>(input.array.bytes.size());
  }
  list.push_back(std::move(whole));
  return list;
}

std::uint64_t input_checksum(Workload& workload) {
  std::uint64_t hash = 0;
  for (const NamedArray& input : workload.inputs()) {
    for (int axis = 0; axis < input.array.shape.rank(); ++axis) hash = hash * 31 + static_cast<std::uint64_t>(input.array.shape[axis]);
    hash = checksum(input.array.bytes, hash);
  }
  return hash;
}

std::string text_parameter(const CaseSpec& spec, const std::string& name) {
  const auto found = std::find_if(spec.parameters.begin(), spec.parameters.end(), [&](const auto& row) { return row.first == name; });
  check(found != spec.parameters.end(), "case " + spec.name + " has the parameter " + name);
  return found->second;
}

std::int64_t parameter(const CaseSpec& spec, const std::string& name) { return std::stoll(text_parameter(spec, name)); }

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "bench/workload.hpp"

// One maker for each family of cases; workload.cpp's table says which serves which.
namespace m1bench {

std::unique_ptr<Workload> make_matmul(const CaseSpec& spec, const WorkloadOptions& options);
std::unique_ptr<Workload> make_conv2d(const CaseSpec& spec, const WorkloadOptions& options);
std::unique_ptr<Workload> make_elementwise(const CaseSpec& spec, const WorkloadOptions& options);
std::unique_ptr<Workload> make_reduce(const CaseSpec& spec, const WorkloadOptions& options);
std::unique_ptr<Workload> make_softmax(const CaseSpec& spec, const WorkloadOptions& options);
std::unique_ptr<Workload> make_training(const CaseSpec& spec, const WorkloadOptions& options);
std::unique_ptr<Workload> make_pipeline(const CaseSpec& spec, const WorkloadOptions& options);
std::unique_ptr<Workload> make_memory(const CaseSpec& spec, const WorkloadOptions& options);
std::unique_ptr<Workload> make_inference(const CaseSpec& spec, const WorkloadOptions& options);
std::unique_ptr<Workload> make_bound(const CaseSpec& spec, const WorkloadOptions& options);

// A parameter of the catalogue as a number; throws Error(internal) if the row does not have it.
std::int64_t parameter(const CaseSpec& spec, const std::string& name);
std::string text_parameter(const CaseSpec& spec, const std::string& name);

}  // namespace m1bench

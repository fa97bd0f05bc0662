// SPDX-License-Identifier: Apache-2.0
#include "session/fake_profile.hpp"

#include <array>

namespace m1bench {
namespace {

constexpr double kEmptySpan_s = 20e-9, kObservation_s = 45e-9;

struct Part {
  const char* name;
  ProfilePass pass;
  double flop;               // share of the case's
  double share, translated;  // of the loop's time, on the baseline and elsewhere
  std::uint64_t allocated_bytes;
};
constexpr std::array<Part, 3> kParts{{
    {"dense_0", ProfilePass::forward, 0.4, 0.30, 0.45, 0},
    {"loss", ProfilePass::loss, 0, 0.05, 0.05, 128},
    {"dense_0", ProfilePass::backward, 0.6, 0.60, 0.48, 4096},
}};

double share_of(const Part& part, bool baseline) { return baseline ? part.share : part.translated; }

}  // namespace

ProfileReply FakeProfile::describe() const {
  ProfileReply reply;
  reply.empty_span_s = kEmptySpan_s;
  reply.observation_s = kObservation_s;
  for (const Part& part : kParts) {
    const bool loss = part.pass == ProfilePass::loss;
    reply.operations.push_back({part.name, loss ? "loss" : "dense", part.pass, "f32", part.flop * item.flop, loss ? 1000.0 : 4e6});
  }
  return reply;
}

ProfileReply FakeProfile::time(std::uint64_t loops, std::uint64_t every, double seconds) const {
  ProfileReply reply;
  if (every == 0) return reply;
  reply.observed_loops = (loops - every / 2 - 1) / every + 1;
  const auto observed = static_cast<double>(reply.observed_loops);
  const double observed_s = seconds / static_cast<double>(loops) * observed;
  for (const Part& part : kParts) {
    reply.operation_s.push_back(share_of(part, baseline) * observed_s + observed * kEmptySpan_s);
    reply.allocations += part.allocated_bytes > 0 ? loops : 0;
    reply.allocated_bytes += part.allocated_bytes * loops;
  }
  reply.observed_s = observed_s + observed * (kParts.size() * kObservation_s + kEmptySpan_s);
  return reply;
}

std::vector<TraceSpan> FakeProfile::trace(std::uint64_t loops) const {
  std::vector<TraceSpan> spans;
  double allocations = 0, bytes = 0;
  for (std::uint64_t loop = 0; loop < loops; ++loop) {
    const double begin_s = static_cast<double>(loop) * loop_s;
    double at_s = begin_s;
    for (std::size_t i = 0; i < kParts.size(); ++i) {
      const double end_s = at_s + share_of(kParts[i], baseline) * loop_s;
      allocations += kParts[i].allocated_bytes > 0;
      bytes += static_cast<double>(kParts[i].allocated_bytes);
      spans.push_back({0, static_cast<double>(i), 0, at_s, end_s, allocations, bytes});
      at_s = end_s;
    }
    spans.push_back({0, kWholeLoop, 0, begin_s, begin_s + loop_s, allocations, bytes});
  }
  return spans;
}

}  // namespace m1bench

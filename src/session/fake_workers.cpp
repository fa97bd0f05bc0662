// SPDX-License-Identifier: Apache-2.0
#include "session/fake_workers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>

#include "launch/slices.hpp"
#include "m1bench/core/rng.hpp"
#include "platform/files.hpp"
#include "session/fake_profile.hpp"

namespace m1bench {
namespace {

// How much longer a target takes than the fastest, and how many more instructions, by its name; the last row matches all.
struct Speed {
  std::string_view target;
  double factor;
  std::uint64_t instructions;
};
constexpr std::array<Speed, 7> kSpeeds{{
    {"x86_64-v4/native", 1.0, 1},
    {"x86_64-v3/native", 1.1, 2},
    {"x86_64-v2/native", 2.4, 4},
    {"arm64/native", 1.0, 1},
    {"x86_64-v2/rosetta2", 1.6, 3},
    {"x86_64-v3/qemu-user", 60, 150},
    {"", 90, 200},
}};
const Speed& speed_of(std::string_view target) {
  const auto matches = [&](const Speed& row) { return row.target.empty() || row.target == target; };
  return *std::find_if(kSpeeds.begin(), kSpeeds.end(), matches);
}

template <class T>
std::string_view raw(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

class FakeWorker final : public Worker {
 public:
  FakeWorker(FakeClock& clock, const Run& run, const Target& target, std::string wrong, bool counting, std::uint64_t stream)
      : clock_(clock), run_(run), target_(target.name), wrong_(std::move(wrong)), counting_(counting),
        noise_(run.session.seed, stream) {
    const SliceKind* kind = find_slice_kind(target.slice);
    hello_ = {.protocol = kProtocol, .build_id = "0000000000000000", .arch = kind ? std::string(kind->arch) : "", .slice = target.slice,
              .translator = target.translator, .cpu = "Fake CPU", .simd = "none", .compiler = "none", .flags = ""};
  }
  const Hello& hello() const override { return hello_; }
  void quit() override {}
  ProcessCounters counters() override { return counting_ ? counted_ : ProcessCounters(); }

  OrDeath<Reply> ask(const Request& request, double) override {
    Reply reply;
    *counted_.instructions += kRequestInstructions * speed_of(without_side(target_)).instructions;
    switch (request.verb) {
      case Verb::prepare: case_name_ = request.case_name; reply.input_checksum = "00000000000000aa"; break;
      case Verb::reference: write_reference(request.path, reply); break;
      case Verb::verify: verify(request, reply); break;
      case Verb::run:
        spend(request.warm_loops);
        reply.wall_s = spend(request.loops) * request.slowdown;
        reply.cpu_s = reply.wall_s;
        reply.output_checksum = "00000000000000bb";
        break;
      case Verb::train: train(request, reply); break;
      case Verb::evaluate: learned(reply); break;
      case Verb::profile: profile(request, reply); break;
      case Verb::dump:
      case Verb::quit: break;
    }
    return reply;
  }

 private:
  static constexpr std::uint64_t kRequestInstructions = 250'000;

  double loop_s() const {
    const Case* item = find_case(run_, case_name_);
    if (!item) return 1e-3;
    constexpr double kFlopRate = 50e9, kByteRate = 10e9;
    return std::max({item->flop / kFlopRate, item->bytes / kByteRate, 1e-7}) * speed_of(without_side(target_)).factor;
  }

  double spend(std::uint64_t loops) {
    const double percent = (static_cast<double>(noise_.below(2001)) - 1000) / 1000;
    const double seconds = loop_s() * static_cast<double>(loops) * (1 + percent / 100);
    clock_.advance(seconds);
    count(loops, seconds);
    return seconds;
  }

  // A core of 3 GHz that takes 5 W and does 8 flop with an instruction.
  void count(std::uint64_t loops, double seconds) {
    constexpr double kHertz = 3e9, kWatts = 5, kFlopAnInstruction = 8;
    const Case* item = find_case(run_, case_name_);
    const auto own = static_cast<std::uint64_t>((item ? item->flop : 0) / kFlopAnInstruction) + 1000;
    *counted_.instructions += loops * own * speed_of(without_side(target_)).instructions;
    *counted_.cycles += static_cast<std::uint64_t>(seconds * kHertz);
    *counted_.energy_j += seconds * kWatts;
    *counted_.cpu_s += seconds;
    *counted_.performance_cpu_s += seconds;
  }

  // One right element, or the losses of a training case.
  void write_reference(const std::string& path, Reply& reply) {
    const double value = 1;
    const float bound = 1e-6f;
    write_file(path, std::array<std::string_view, 2>{raw(std::span(&value, 1)), raw(std::span(&bound, 1))});
    reply.elements = 1;
    reply.dtype = "f64";
  }

  void verify(const Request& request, Reply& reply) {
    reply.loop_s = spend(request.loops) / static_cast<double>(request.loops);
    steps_ = request.resume ? steps_ + request.loops : request.loops;
    const Case* item = find_case(run_, case_name_);
    const bool training = item && answers_with_losses(*item);
    std::vector<double> values;
    for (std::uint64_t i = 0; i < (training ? steps_ : 1); ++i) values.push_back(1.0 / static_cast<double>(i + 1));
    if (wrong_ == case_name_ + "@" + target_) values.back() += 0.5;
    write_file(request.path, std::array<std::string_view, 1>{raw(std::span<const double>(values))});
    reply.dtype = "f64";
    reply.elements = values.size();
    reply.output_checksum = "00000000000000bb";
  }

  // Epochs of a thousand steps, in each of which the loss halves.
  void train(const Request& request, Reply& reply) {
    constexpr std::uint64_t kEpochSteps = 1000;
    if (steps_ == kEpochSteps) steps_ = 0;
    if (steps_ == 0) ++epoch_;
    const std::uint64_t steps = std::min(request.steps, kEpochSteps - steps_);
    steps_ += steps;
    reply.wall_s = reply.cpu_s = spend(steps);
    reply.epoch_done = steps_ == kEpochSteps;
    learned(reply);
  }

  void profile(const Request& request, Reply& reply) {
    const Case* item = find_case(run_, case_name_);
    spend(request.warm_loops);
    const FakeProfile fake{item ? *item : Case(), loop_s(), without_side(target_) == run_.session.baseline};
    if (request.loops == 0) {
      reply.profile = fake.describe();
    } else if (!request.path.empty()) {
      const std::vector<TraceSpan> spans = fake.trace(request.loops);
      write_file(request.path, std::array<std::string_view, 1>{raw(std::span<const TraceSpan>(spans))});
      reply.profile.emplace().spans = spans.size();
    } else {
      const double seconds = spend(request.loops);
      reply.profile = fake.time(request.loops, request.observe_every, seconds);
      reply.wall_s = seconds * (request.observe_every > 0 ? 1.004 : 1);
      reply.max_rss_bytes = 64 << 20;
      reply.output_checksum = "00000000000000bb";
    }
  }

  void learned(Reply& reply) const {
    const Case* item = find_case(run_, case_name_);
    reply.epoch = epoch_;
    reply.samples = steps_ * static_cast<std::uint64_t>(item ? item->samples : 1);
    reply.loss = std::ldexp(1.0, -epoch_);
    reply.accuracy = 1 - reply.loss;
  }

  FakeClock& clock_;
  const Run& run_;
  std::string target_, wrong_;
  bool counting_;
  ProcessCounters counted_{0, 0, 0.0, 0.0, 0.0, std::nullopt};
  Rng noise_;
  Hello hello_;
  std::string case_name_;
  std::uint64_t steps_ = 0;
  int epoch_ = 0;
};

}  // namespace

OrDeath<std::unique_ptr<Worker>> FakeWorkerFactory::start(const Target& target, const std::vector<int>&, double) {
  constexpr std::uint64_t kNoiseStream = 0xFA4E0000;
  clock_.advance(0.004);
  const std::uint64_t stream = kNoiseStream + started_++;
  return std::unique_ptr<Worker>(std::make_unique<FakeWorker>(clock_, run_, target, wrong_, counting_, stream));
}

}  // namespace m1bench

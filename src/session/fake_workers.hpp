// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "session/context.hpp"

namespace m1bench {

// Workers that compute nothing and a clock that only they advance: with them in place of processes, everything a session
// decides, stores and prints is a function of its options, and can be compared with a golden file.
class FakeClock final : public SessionClock {
 public:
  double now_s() override { return now_s_; }
  std::string utc() override { return "2026-01-01T00:00:00Z"; }
  void advance(double seconds) { now_s_ += seconds; }

 private:
  double now_s_ = 0;
};

// A loop's time follows from the case's cost and the target's speed (a table), with about one percent of noise from the
// run's seed. Answers are right, but for the case and target of `wrong` ("CASE@TARGET"). With `counting`, instructions follow
// from the same two and energy from the time.
class FakeWorkerFactory final : public WorkerFactory {
 public:
  FakeWorkerFactory(FakeClock& clock, const Run& run, std::string wrong = "", bool counting = false)
      : clock_(clock), run_(run), wrong_(std::move(wrong)), counting_(counting) {}
  OrDeath<std::unique_ptr<Worker>> start(const Target& target, const std::vector<int>& cpus, double timeout_s) override;

 private:
  FakeClock& clock_;
  const Run& run_;
  std::string wrong_;
  bool counting_;
  std::uint64_t started_ = 0;
};

}  // namespace m1bench

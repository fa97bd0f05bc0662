// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "exec/execution.hpp"
#include "m1bench/core/rng.hpp"
#include "session/fake_workers.hpp"

namespace m1bench {

// Programs that do nothing but advance a clock: 10 ms, four times as long where the first word begins with "qemu", and 0.1 ms more
// for each unit of a word that is a number, with one percent of noise from the seed. They print "42"; with a word "wrong" another
// number, with "fail" they end with exit code 3. Asked for it, they write the report of a Google Benchmark program.
class FakePrograms {
 public:
  FakePrograms(FakeClock& clock, std::uint64_t seed) : clock_(clock), noise_(seed, kNoiseStream) {}
  ProgramEnd run(const ProgramStart& start);

 private:
  static constexpr std::uint64_t kNoiseStream = 0xFA4E0001;
  double noise();

  FakeClock& clock_;
  Rng noise_;
};

}  // namespace m1bench

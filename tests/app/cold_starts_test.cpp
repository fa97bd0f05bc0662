// SPDX-License-Identifier: Apache-2.0
#include "app/cold_starts.hpp"

#include <gtest/gtest.h>

#include <array>

#include "platform/files.hpp"
#include "session/session_fixture.hpp"

namespace m1bench {
namespace {

// Fake workers whose launch takes longer the first time, as with a translator that keeps what it translated.
class Translated final : public WorkerFactory {
 public:
  Translated(FakeClock& clock, const Run& run) : clock_(clock), fake_(clock, run) {}
  OrDeath<std::unique_ptr<Worker>> start(const Target& target, const std::vector<int>& cpus, double timeout_s) override {
    if (target.slice.empty()) return Death{"no such slice", "", false};
    if (starts_++ == 0) clock_.advance(2);
    return fake_.start(target, cpus, timeout_s);
  }

 private:
  FakeClock& clock_;
  FakeWorkerFactory fake_;
  int starts_ = 0;
};

struct Launches {
  explicit Launches(const std::string& path)
      : session({kV4}), cold(std::make_unique<Translated>(session.clock, session.run), session.clock, path) {}
  std::optional<double> launch(const std::string& name) {
    Target target = session.run.targets[0];
    target.name = name;
    target.command = {name};
    auto started = cold.start(target, {}, 1);
    target.hello = std::get<std::unique_ptr<Worker>>(started)->hello();
    return cold.of(target);
  }
  FakeSession session;
  ColdStarts cold;
};

TEST(ColdStarts, TheFirstLaunchIsKeptAndNoOther) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/new/cold-starts";
  Launches first(path);
  EXPECT_NEAR(first.launch("a/native").value_or(0), 2.004, 1e-9);
  EXPECT_NEAR(first.launch("a/native").value_or(0), 2.004, 1e-9) << "the second launch was warm";
  EXPECT_NEAR(first.launch("control:a/native").value_or(0), 2.004, 1e-9) << "the same program";
  EXPECT_NEAR(first.launch("b/native").value_or(0), 0.004, 1e-9);
  Launches later(path);
  EXPECT_NEAR(later.launch("b/native").value_or(0), 0.004, 1e-9) << "what another session found";
  EXPECT_NEAR(later.launch("a/native").value_or(0), 2.004, 1e-9);
}

TEST(ColdStarts, WhatCannotBeKeptIsNoFailure) {
  const TemporaryDirectory folder;
  write_file(folder.path() + "/file", std::array<std::string_view, 1>{"x"});
  for (const std::string& path : {std::string(), folder.path() + "/file/cold-starts", folder.path()}) {
    Launches launches(path);
    EXPECT_NEAR(launches.launch("a/native").value_or(0), 2.004, 1e-9) << path;
    EXPECT_NEAR(launches.launch("a/native").value_or(0), 2.004, 1e-9) << path;
  }
}

TEST(ColdStarts, AFailedLaunchIsNone) {
  Launches launches("");
  Target target;
  EXPECT_TRUE(std::holds_alternative<Death>(launches.cold.start(target, {}, 1)));
  EXPECT_EQ(launches.cold.of(target), std::nullopt);
}

TEST(ColdStarts, ReadsWhatItCanOfAFile) {
  const auto launches = parse_cold_starts(
      "aa 0.5 x86_64-v2/rosetta2\n\nbb\nbb 1\nbb x y\nbb -1 y\nbb nan y\ncc 2e1 my own/name\naa 7 x86_64-v2/rosetta2");
  EXPECT_EQ(launches.size(), 2u);
  EXPECT_EQ(launches.at({"aa", "x86_64-v2/rosetta2"}), 0.5) << "the first counts";
  EXPECT_EQ(launches.at({"cc", "my own/name"}), 20);
}

}  // namespace
}  // namespace m1bench

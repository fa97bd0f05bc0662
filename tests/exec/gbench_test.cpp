// SPDX-License-Identifier: Apache-2.0
#include "exec/gbench.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <map>

#include "platform/files.hpp"
#include "session/fake_workers.hpp"

namespace m1bench {
namespace {

// Two targets of a program that reports what `report` gives for its n-th run, from 0, of either.
class GbenchSession {
 public:
  explicit GbenchSession(std::function<std::string(const std::string& target, int run)> report)
      : executions_({.ignore_output = true}, [this, report](const ProgramStart& start) {
          constexpr std::string_view kOut = "--benchmark_out=";
          for (const std::string& word : start.command) {
            const std::string& name = start.command.front();
            if (!word.starts_with(kOut)) continue;
            leave(word.substr(kOut.size()), report(name, runs_[name]++));
          }
          ProgramEnd end;
          end.exit.exit_code = 0;
          end.wall_s = end.cpu_s = 0.1;
          end.error_tail = "Failed to match any benchmarks against regex: x\n";
          clock_.advance(end.wall_s);
          return end;
        }) {
    for (const char* name : {"a", "b"}) {
      Target target;
      target.name = name;
      target.command = {name};
      target.available = true;
      run.targets.push_back(target);
    }
    run.session.baseline = "a";
    program_.family = "exec";
    program_.variant = "gbench";
    context_.run = &run;
    context_.clock = &clock_;
    context_.limits = program_limits({});
  }
  // How a report gets to where it was asked for.
  std::function<void(const std::string& path, const std::string& text)> leave = [](const std::string& path, const std::string& text) {
    write_file(path, std::array<std::string_view, 1>{text});
  };
  PhaseEnd check() { return check_gbench(context_, executions_, program_); }
  PhaseEnd measure() { return measure_gbench(context_, executions_, program_); }
  const Verification& of(const std::string& name, const std::string& target) { return *find_verification(run, "exec/" + name, target); }

  Run run;

 private:
  FakeClock clock_;
  std::map<std::string, int> runs_;
  Executions executions_;
  Case program_;
  SessionContext context_;
};

std::string took(const std::string& name, const std::string& ns) {
  return R"({"name": ")" + name + R"(", "real_time": )" + ns + R"(, "cpu_time": 1, "time_unit": "ns"})";
}
std::string failed(const std::string& name) { return R"({"name": ")" + name + R"(", "error_occurred": true, "error_message": "no such device"})"; }
std::string document(const std::string& benchmarks) { return R"({"benchmarks": [)" + benchmarks + "]}"; }

TEST(Gbench, AFailedBenchmarkIsFoundByTheCheck) {
  GbenchSession session([](const std::string& target, int) {
    return document(took("good", "5") + "," + (target == "a" ? took("bad", "5") + "," + failed("bad") : took("bad", "0")));
  });
  EXPECT_EQ(session.check(), PhaseEnd::done);
  EXPECT_EQ(session.of("good", "a").status, CheckStatus::right);
  EXPECT_EQ(session.of("bad", "a").status, CheckStatus::failed) << "in its second repetition";
  EXPECT_EQ(session.of("bad", "a").cause, "no such device");
  EXPECT_EQ(session.of("bad", "b").cause, "an iteration took no time");
}

TEST(Gbench, AFailureWhileMeasuringDoesNotKeepTheSessionFromEnding) {
  const struct {
    const char* cause;
    std::string later;
  } rows[] = {
      {"an iteration took no time", "," + took("bad", "0")},
      {"no such device", "," + failed("bad")},
      {"its program left it out in a later run", ""},
  };
  for (const auto& row : rows) {
    GbenchSession session([&row](const std::string& target, int run) {
      return document(took("good", "5") + (target == "b" && run > 0 ? row.later : "," + took("bad", "5")));
    });
    session.check();
    EXPECT_EQ(session.measure(), PhaseEnd::done);
    EXPECT_EQ(session.run.session.stop_reason, "precision") << row.cause;
    ASSERT_EQ(session.run.failures.size(), 1u) << row.cause;
    EXPECT_EQ(session.run.failures[0].case_name, "exec/bad");
    EXPECT_EQ(session.run.failures[0].target, "b");
    EXPECT_EQ(session.run.failures[0].cause, row.cause);
  }
}

TEST(Gbench, WhateverIsInAReportsPlaceIsAFailureOfItsTarget) {
  const struct {
    const char *name, *cause;
    std::function<void(const std::string& path)> leave;
  } rows[] = {
      {"a fifo", "left no regular file at --benchmark_out", [](const std::string& path) { mkfifo(path.c_str(), 0600); }},
      {"a folder", "left no regular file at --benchmark_out", [](const std::string& path) { make_directories(path); }},
      {"a link to a device", "left no regular file at --benchmark_out", [](const std::string& path) { EXPECT_EQ(symlink("/dev/zero", path.c_str()), 0); }},
      {"nothing", "wrote nothing to --benchmark_out", [](const std::string&) {}},
      {"a hole", "wrote more than 16.0 MiB to --benchmark_out", [](const std::string& path) {
         write_file(path, {});
         EXPECT_EQ(truncate(path.c_str(), (16 << 20) + 1), 0);
       }},
      {"no JSON", "what it wrote to --benchmark_out is not JSON", [](const std::string& path) { write_file(path, std::array<std::string_view, 1>{"x"}); }},
  };
  for (const auto& row : rows) {
    GbenchSession session([](const std::string&, int) { return document(took("good", "5")); });
    // The second run of each, so that the first one's report lies there unless each run has a folder of its own.
    session.check();
    session.leave = [&row](const std::string& path, const std::string&) { row.leave(path); };
    EXPECT_EQ(session.measure(), PhaseEnd::done) << row.name;
    ASSERT_EQ(session.run.failures.size(), 2u) << row.name;
    EXPECT_TRUE(session.run.failures[0].cause.starts_with(row.cause)) << row.name << ": " << session.run.failures[0].cause;
    EXPECT_EQ(session.run.failures[0].case_name, "") << row.name;
  }
}

TEST(Gbench, WithoutAReportItsErrorsAreQuoted) {
  for (const std::string& report : {std::string(), document("")}) {
    GbenchSession session([&report](const std::string&, int) { return report; });
    session.check();
    ASSERT_EQ(session.run.failures.size(), 2u);
    EXPECT_NE(session.run.failures[0].cause.find("(it said: Failed to match any benchmarks against regex: x)"), std::string::npos)
        << session.run.failures[0].cause;
  }
}

}  // namespace
}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
// The real program as a worker, spoken to through its pipes.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "m1bench/core/error.hpp"
#include "platform/files.hpp"
#include "platform/process.hpp"
#include "platform/sanitized.hpp"
#include "result/wire.hpp"

namespace m1bench {
namespace {

constexpr double kPatience_s = 60;  // only a broken worker takes as long
const std::string kProgram = M1BENCH_BUILD_DIR "/bin/m1bench";

class RealWorker : public testing::Test {
 protected:
  // Starts it and takes its greeting.
  void start(SpawnOptions options = {{kProgram, "worker"}, {}, {}}) {
    Child::SpawnError error;
    child_ = Child::spawn(options, error);
    if (!child_) throw Error(ErrorKind::internal, error.message);
    if (!next().hello) throw Error(ErrorKind::internal, "no greeting");
  }

  // Every line must be a reply: whatever else lands on its standard output fails here.
  Reply next() {
    std::string line;
    const ReadStatus status = child_->read_line(line, kMaxLine, kPatience_s);
    EXPECT_EQ(status, ReadStatus::line) << line << child_->error_tail();
    if (status != ReadStatus::line) return {};
    try {
      return decode_reply(line);
    } catch (const Error& error) {
      ADD_FAILURE() << error.what() << " in " << line;
      return {};
    }
  }
  Reply say(const std::string& line) {
    EXPECT_TRUE(child_->write_line(line, kPatience_s));
    return next();
  }
  Reply ask(const Request& request) { return say(encode(request)); }
  Reply prepare(const std::string& case_name, int threads = 1) {
    return ask({.verb = Verb::prepare, .case_name = case_name, .threads = threads});
  }

  void expect_alive() {
    EXPECT_EQ(prepare("matmul/f32/64").error, "");
    const Reply reply = ask({.verb = Verb::run, .loops = 3, .want_checksum = true});
    EXPECT_EQ(reply.error, "");
    EXPECT_EQ(reply.output_checksum.size(), 16u);
  }

  // It said nothing more and ended by itself, in order.
  void expect_end() {
    std::string rest;
    EXPECT_EQ(child_->read_line(rest, kMaxLine, kPatience_s), ReadStatus::end);
    EXPECT_EQ(rest, "");
    EXPECT_EQ(child_->finish(kPatience_s).exit_code, 0) << child_->error_tail();
  }

  std::unique_ptr<Child> child_;
};

TEST_F(RealWorker, AnswersGarbageAndLivesOn) {
  start();
  for (const std::string& line :
       {std::string("garbage"), std::string(), std::string("{}{}"), std::string("[]"), std::string("{\"verb\": \"fly\"}"),
        std::string("\0\xFF\xFE", 3), std::string(100000, '['), std::string("{\"verb\": ")}) {
    const Reply reply = say(line);
    EXPECT_NE(reply.error.find("not a request"), std::string::npos) << line.substr(0, 40) << ": " << reply.error;
  }
  EXPECT_NE(prepare("matmul/f32/65").error.find("matmul/f32/65"), std::string::npos);
  expect_alive();
}

TEST_F(RealWorker, RefusesALineThatIsTooLong) {
  start();
  Request request{.verb = Verb::prepare, .case_name = "matmul/f32/64"};
  request.data = std::string(2 << 20, 'x');
  const Reply reply = say(encode(request));
  EXPECT_NE(reply.error.find("not a request"), std::string::npos) << reply.error;
  EXPECT_LT(reply.error.size(), 1000u);
  expect_alive();
}

TEST_F(RealWorker, EndsWithItsInput) {
  start();
  child_->close_input();
  expect_end();
}

TEST_F(RealWorker, QuitsWhenTold) {
  start();
  expect_alive();
  ASSERT_TRUE(child_->write_line(encode(Request{.verb = Verb::quit}), kPatience_s));
  expect_end();
}

// Google Benchmark takes flags from the environment: here ones that print, write a file and end the program.
TEST_F(RealWorker, SlotsIgnoreWhatIsMeantForOtherBenchmarks) {
  TemporaryDirectory folder;
  start({{kProgram, "worker"},
         {{"BENCHMARK_LIST_TESTS", "true"},
          {"BENCHMARK_OUT", folder.path() + "/out.json"},
          {"BENCHMARK_REPETITIONS", "3"},
          {"BENCHMARK_FILTER", "none"}},
         {}});
  expect_alive();
  EXPECT_TRUE(list_directory(folder.path()).empty());
}

#if defined(__linux__) && !M1BENCH_SANITIZED
// An address space that holds the worker and small cases, but neither three arrays of 64 MiB nor the stacks of many threads.
class CrampedWorker : public RealWorker {
 protected:
  void SetUp() override {
    start({{"/bin/sh", "-c", "ulimit -s 8192 && ulimit -v 150000 && exec \"$0\" worker", kProgram}, {}, {}});
  }
};

TEST_F(CrampedWorker, ReportsThatMemoryRanOut) {
  EXPECT_EQ(prepare("elementwise/add").error, "out of memory");
  EXPECT_NE(ask({.verb = Verb::run}).error, "");
  expect_alive();
}

TEST_F(CrampedWorker, ReportsThatThreadsCannotBeStarted) {
  const std::string error = prepare("matmul/f32/64", 500).error;
  EXPECT_NE(error.find("cannot start 500 threads"), std::string::npos) << error;
  expect_alive();
}
#endif

}  // namespace
}  // namespace m1bench

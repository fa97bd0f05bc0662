// SPDX-License-Identifier: Apache-2.0
#include "worker/profiler.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <new>
#include <numeric>
#include <string>
#include <vector>

#include "platform/allocations.hpp"
#include "platform/files.hpp"
#include "platform/sanitized.hpp"
#include "worker/session.hpp"

namespace m1bench {
namespace {

Request prepared(const std::string& case_name, int threads = 1) {
  return {.verb = Verb::prepare, .case_name = case_name, .seed = 7, .threads = threads};
}

ProfileReply profile_of(WorkerSession& session, std::uint64_t loops, std::uint64_t every) {
  return *session.answer({.verb = Verb::profile, .loops = loops, .observe_every = every}).profile;
}

TEST(Profiler, DescribesATrainingStep) {
  WorkerSession session;
  session.answer(prepared("train/regression-mlp"));
  const ProfileReply what = profile_of(session, 0, 0);
  ASSERT_EQ(what.operations.size(), 10u);
  EXPECT_EQ(what.operations[0].name, "batch");
  EXPECT_EQ(what.operations[0].pass, ProfilePass::input);
  EXPECT_EQ(what.operations[1].name, "dense_0");
  EXPECT_EQ(what.operations[1].flop, 2.0 * 32 * 100 * 10);
  EXPECT_EQ(what.operations[4].pass, ProfilePass::loss);
  EXPECT_EQ(what.operations[9].pass, ProfilePass::update);
  EXPECT_GE(what.empty_span_s, 0);
  EXPECT_GT(what.observation_s, 0);
  EXPECT_LE(what.empty_span_s, what.observation_s);
}

TEST(Profiler, ObservesEveryNthLoop) {
  struct Row {
    std::uint64_t loops, every, observed;
  };
  WorkerSession session;
  session.answer(prepared("train/regression-mlp"));
  session.answer({.verb = Verb::run, .loops = 1});  // which takes all memory
  for (const Row& row : {Row{10, 1, 10}, Row{10, 3, 3}, Row{10, 10, 1}, Row{11, 2, 5}, Row{1, 1, 1}, Row{10, 0, 0}}) {
    SCOPED_TRACE(std::to_string(row.loops) + " by " + std::to_string(row.every));
    const ProfileReply seen = profile_of(session, row.loops, row.every);
    EXPECT_EQ(seen.observed_loops, row.observed);
    EXPECT_EQ(seen.operation_s.size(), row.every == 0 ? 0u : 10u);
    EXPECT_LE(std::accumulate(seen.operation_s.begin(), seen.operation_s.end(), 0.0), seen.observed_s);
    EXPECT_LT(seen.allocated_bytes, 1024 * row.loops) << "steady training takes no memory but for the odd list";
  }
}

TEST(Profiler, ChangesNoAnswer) {
  for (const char* name : {"train/regression-mlp", "train/mnist-cnn", "matmul/f32/64"}) {
    WorkerSession watched, alone;
    watched.answer(prepared(name, 2));
    alone.answer(prepared(name, 2));
    const Reply plain = alone.answer({.verb = Verb::run, .loops = 2, .want_checksum = true});
    const Reply seen = watched.answer({.verb = Verb::profile, .loops = 2, .want_checksum = true, .observe_every = 1});
    EXPECT_FALSE(plain.output_checksum.empty());
    EXPECT_EQ(seen.output_checksum, plain.output_checksum) << name;
    EXPECT_EQ(watched.answer({.verb = Verb::run, .loops = 2, .want_checksum = true}).output_checksum, plain.output_checksum) << name;
  }
}

TEST(Profiler, CountsWhatFreshTemporariesTake) {
  WorkerSession session;
  session.answer(prepared("memory/fresh"));
  const Reply reply = session.answer({.verb = Verb::profile, .loops = 2, .warm_loops = 1, .observe_every = 1});
  ASSERT_TRUE(reply.allocated_bytes);
  EXPECT_GT(*reply.allocated_bytes, 0u);
  EXPECT_GE(reply.profile->allocations, 20u);
  EXPECT_GE(reply.profile->allocated_bytes, 2 * *reply.allocated_bytes);
}

TEST(Profiler, WritesATimelineOfAllThreads) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/spans";
  WorkerSession session;
  session.answer(prepared("train/mnist-cnn", 2));
  const std::size_t operations = profile_of(session, 0, 0).operations.size();
  const Reply reply = session.answer({.verb = Verb::profile, .path = path, .loops = 2});
  const std::string bytes = read_file(path, 1 << 24);
  ASSERT_EQ(bytes.size(), reply.profile->spans * sizeof(TraceSpan));
  std::vector<TraceSpan> spans(reply.profile->spans);
  std::memcpy(spans.data(), bytes.data(), bytes.size());
  std::size_t whole = 0, parts = 0, shares_of_others = 0;
  for (const TraceSpan& span : spans) {
    EXPECT_LE(0, span.begin_s);
    EXPECT_LE(span.begin_s, span.end_s);
    EXPECT_TRUE(span.thread == 0 || span.thread == 1);
    if (span.operation == kWholeLoop) ++whole;
    if (span.operation != kWholeLoop && span.share == 0) ++parts;
    if (span.thread == 1) shares_of_others += span.share == 1;
  }
  EXPECT_EQ(whole, 2u);
  EXPECT_EQ(parts, 2 * operations);
  EXPECT_GT(shares_of_others, 0u);
}

// Two operations, each of which a team of threads shares five times.
class SharedWork final : public Workload {
 public:
  explicit SharedWork(Parallel& parallel) : parallel_(parallel) {}
  void loop() override {
    for (std::size_t operation = 0; operation < 2; ++operation) {
      const ObservedOperation observed(observer_, operation);
      for (int call = 0; call < 5; ++call) parallel_.for_panels(2, 1, [](std::int64_t, std::int64_t) {});
    }
  }
  std::vector<NamedArray> inputs() override { return {}; }
  NamedArray answer() override { return {}; }
  std::vector<OperationInfo> operations() const override { return {{.name = "one", .kind = "x"}, {.name = "two", .kind = "x"}}; }
  void observe(OperationObserver* observer) override { observer_ = observer; }

 private:
  Parallel& parallel_;
  OperationObserver* observer_ = nullptr;
};

TEST(Profiler, ATimelineHasWholeLoops) {
  struct Row {
    const char* name;
    std::uint64_t asked;
    std::size_t room, loops, parts;
  };
  // Of the caller's thread a loop takes two operations, five shares of each, and itself: 13 spans.
  for (const Row& row : {Row{"room for all", 3, 39, 3, 6}, Row{"one span too few", 3, 38, 2, 4}, Row{"room for a bit of the last", 9, 48, 3, 6},
                         Row{"no room for one", 3, 8, 0, 1}}) {
    Parallel parallel(2);
    SharedWork work(parallel);
    const std::vector<TraceSpan> spans = LoopProfiler(CaseSpec(), work, parallel).trace(row.asked, row.room);
    std::size_t loops = 0, parts = 0;
    for (const TraceSpan& span : spans) {
      loops += span.operation == kWholeLoop;
      parts += span.operation != kWholeLoop && span.share == 0;
    }
    EXPECT_EQ(loops, row.loops) << row.name;
    EXPECT_EQ(parts, row.parts) << row.name;
  }
}

TEST(AllocationCount, CountsOnlyWhileItLives) {
  const auto take = [](std::size_t bytes) { ::operator delete(::operator new(bytes)); };
  take(10);
  const AllocationCount count;
  take(1000);
  ::operator delete(::operator new(64, std::align_val_t{64}), std::align_val_t{64});
  const Allocations seen = count.so_far();
  EXPECT_EQ(seen.count, 2u);
  EXPECT_EQ(seen.bytes, 1064u);
}

#if !M1BENCH_SANITIZED  // whose operator new ends the program instead
TEST(AllocationCount, MemoryThatCannotBeHadIsRefused) {
  volatile std::size_t most = PTRDIFF_MAX;  // unknown to the compiler
  EXPECT_THROW(::operator delete(::operator new(most)), std::bad_alloc);
  EXPECT_EQ(::operator new(most, std::nothrow), nullptr);
}
#endif

}  // namespace
}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "m1bench/data/batch_source.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <span>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/data/synthetic.hpp"

namespace m1bench {
namespace {

constexpr std::int64_t kRows = 11;  // in batches of 4, 4 and 3
constexpr BatchOrder kOrder{.rows = kRows, .batch = 4, .seed = 5, .shuffled = true};

void expect_same(const Batch& a, const Batch& b) {
  EXPECT_EQ(a.rows, b.rows);
  EXPECT_EQ(a.x.shape(), b.x.shape());
  EXPECT_TRUE(std::ranges::equal(std::as_bytes(a.x.span()), std::as_bytes(b.x.span())));
  EXPECT_EQ(a.labels, b.labels);
  EXPECT_EQ(a.targets.shape(), b.targets.shape());
  EXPECT_TRUE(std::ranges::equal(std::as_bytes(a.targets.span()), std::as_bytes(b.targets.span())));
}

TEST(BatchCursor, VisitsEveryRowOnceAnEpoch) {
  BatchCursor cursor(kOrder);
  std::vector<std::vector<std::int32_t>> epochs;
  for (int epoch = 0; epoch < 2; ++epoch) {
    std::vector<std::int32_t> visited;
    for (const std::size_t want : {4u, 4u, 3u}) {
      const auto rows = cursor.next();
      EXPECT_EQ(rows.size(), want);
      visited.insert(visited.end(), rows.begin(), rows.end());
    }
    EXPECT_EQ(visited, epoch_order(kRows, kOrder.seed, epoch, true));
    epochs.push_back(visited);
  }
  EXPECT_NE(epochs[0], epochs[1]);
  cursor.next();
  cursor.restart();
  EXPECT_EQ(cursor.next()[0], epochs[0][0]);
}

TEST(BatchCursor, RefusesOrdersWithoutRows) {
  EXPECT_THROW(BatchCursor({.rows = 0, .batch = 4}), Error);
  EXPECT_THROW(BatchCursor({.rows = 4, .batch = 0}), Error);
}

struct Set {
  const char* name;
  Dataset (*make)(std::int64_t rows, std::int64_t first_row, std::uint64_t seed);
};
class BatchSources : public testing::TestWithParam<Set> {
 protected:
  Dataset data_ = GetParam().make(kRows, 0, 1);
  DatasetView view_ = data_.view();
};

TEST_P(BatchSources, GiveTheSameBatches) {
  for (const bool shuffled : {false, true}) {
    for (const std::size_t ahead : {1u, 2u, 7u}) {
      BatchOrder order = kOrder;
      order.shuffled = shuffled;
      DirectBatches direct(view_, order);
      PrefetchedBatches prefetched(view_, order, ahead);
      for (int batch = 0; batch < 20; ++batch) expect_same(direct.next(), prefetched.next());
    }
  }
}

// However far the thread has come meanwhile: at once, after a few batches, and with a full queue.
TEST_P(BatchSources, StartAgainWhenTold) {
  DirectBatches direct(view_, kOrder);
  PrefetchedBatches prefetched(view_, kOrder, 3);
  for (int taken = 0; taken < 12; ++taken) {
    for (BatchSource* source : {static_cast<BatchSource*>(&direct), static_cast<BatchSource*>(&prefetched)}) {
      for (int batch = 0; batch < taken; ++batch) source->next();
      source->restart();
    }
    expect_same(direct.next(), prefetched.next());
    prefetched.restart();
    prefetched.restart();
    direct.restart();
  }
}

INSTANTIATE_TEST_SUITE_P(Sets, BatchSources,
                         testing::Values(Set{"images", synthetic_mnist}, Set{"numbers", synthetic_regression}),
                         [](const auto& set) { return set.param.name; });

// The thread may be anywhere when it is told to end; leaving one behind would end the program here.
TEST(PrefetchedBatches, EndWithTheirThread) {
  const Dataset data = synthetic_mnist(kRows, 0, 1);
  std::atomic<int> started{0};
  for (int taken = 0; taken < 8; ++taken) {
    PrefetchedBatches batches(data.view(), kOrder, 2, [&] { ++started; });
    for (int batch = 0; batch < taken; ++batch) batches.next();
  }
  EXPECT_EQ(started, 8);
}

TEST(PrefetchedBatches, TellsWhatItsThreadRanInto) {
  const Dataset data = synthetic_mnist(kRows, 0, 1);
  BatchOrder order = kOrder;
  order.rows = kRows + 1;  // more than there are
  PrefetchedBatches batches(data.view(), order, 2);
  EXPECT_THROW(for (int batch = 0; batch < 4; ++batch) batches.next(), Error);
  EXPECT_THROW(batches.next(), Error);
  EXPECT_THROW(PrefetchedBatches(data.view(), kOrder, 0), Error);
}

}  // namespace
}  // namespace m1bench

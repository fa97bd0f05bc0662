// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "m1bench/data/batches.hpp"

namespace m1bench {

// Which rows make the batches: epoch after epoch without end, in the order of epoch_order(). The last batch of an epoch may be
// short.
struct BatchOrder {
  std::int64_t rows = 0;   // at least 1
  std::int64_t batch = 1;
  std::uint64_t seed = 0;
  bool shuffled = false;
};

// BatchOrder under way.
class BatchCursor {
 public:
  explicit BatchCursor(const BatchOrder& order);  // throws Error(internal) if there are no rows or the batch holds none
  std::span<const std::int32_t> next();           // valid until the next call
  void restart();

 private:
  BatchOrder order_;
  std::vector<std::int32_t> epoch_;
  std::size_t taken_ = 0;
  int number_ = 0;  // of the epoch
};

// Where training gets its batches from. All sources of one data set and one order give the same batches, bit for bit.
class BatchSource {
 public:
  virtual ~BatchSource() = default;
  virtual const Batch& next() = 0;  // valid until the next call of either
  virtual void restart() = 0;       // the next batch is the first again
};

// Decodes, scales and shuffles for each batch anew, in the thread that asks for it. `data` must outlive it.
class DirectBatches final : public BatchSource {
 public:
  DirectBatches(const DatasetView& data, const BatchOrder& order) : data_(data), cursor_(order) {}
  const Batch& next() override;
  void restart() override { cursor_.restart(); }

 private:
  DatasetView data_;
  BatchCursor cursor_;
  Batch batch_;
};

// Decodes and scales the whole set once, keeps it (4 bytes a pixel), and has a thread of its own copy batches together ahead of
// time, up to `ahead` (at least 1) of them. The thread sleeps while they are not asked for and ends with this object.
class PrefetchedBatches final : public BatchSource {
 public:
  // `on_thread_start` runs first in the thread. Throws Error(memory) if it cannot be started.
  PrefetchedBatches(const DatasetView& data, const BatchOrder& order, std::size_t ahead,
                    std::function<void()> on_thread_start = {});
  ~PrefetchedBatches() override;
  PrefetchedBatches(const PrefetchedBatches&) = delete;
  PrefetchedBatches& operator=(const PrefetchedBatches&) = delete;

  const Batch& next() override;
  void restart() override;

 private:
  void fill();  // what the thread does until it is told to stop

  Batch decoded_;                     // all rows
  BatchCursor cursor_;                // of the thread alone
  std::vector<Batch> ring_;           // `ahead` of them and the one given out last; unused ones are the thread's

  std::mutex mutex_;                  // of all below
  std::condition_variable changed_;
  std::size_t first_ = 0, filled_ = 0;  // the part of the ring that is ready, the batch given out included
  bool given_ = false;                // ring_[first_] is in use
  bool restart_ = false, stop_ = false;
  std::exception_ptr failure_;        // what ended the thread early
  std::thread thread_;                // last, so that it starts when all else is there
};

}  // namespace m1bench

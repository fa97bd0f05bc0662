// SPDX-License-Identifier: Apache-2.0
#include "m1bench/data/batch_source.hpp"

#include <algorithm>
#include <string>
#include <system_error>

#include "m1bench/core/check.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {

BatchCursor::BatchCursor(const BatchOrder& order) : order_(order) {
  check(order.rows > 0 && order.batch > 0, "batches have rows");
  restart();
}

void BatchCursor::restart() {
  number_ = 0;
  taken_ = 0;
  epoch_ = epoch_order(order_.rows, order_.seed, number_, order_.shuffled);
}

std::span<const std::int32_t> BatchCursor::next() {
  if (taken_ == epoch_.size()) {
    ++number_;
    taken_ = 0;
    if (order_.shuffled) epoch_ = epoch_order(order_.rows, order_.seed, number_, true);
  }
  const std::size_t count = std::min(static_cast<std::size_t>(order_.batch), epoch_.size() - taken_);
  const auto rows = std::span<const std::int32_t>(epoch_).subspan(taken_, count);
  taken_ += count;
  return rows;
}

const Batch& DirectBatches::next() {
  gather(data_, cursor_.next(), batch_);
  return batch_;
}

PrefetchedBatches::PrefetchedBatches(const DatasetView& data, const BatchOrder& order, std::size_t ahead,
                                     std::function<void()> on_thread_start)
    : cursor_(order), ring_(ahead + 1) {
  check(ahead > 0, "a queue holds at least one batch");
  gather(data, epoch_order(data.rows, 0, 0, false), decoded_);
  try {
    thread_ = std::thread([this, hook = std::move(on_thread_start)] {
      if (hook) hook();
      fill();
    });
  } catch (const std::system_error& error) {
    const std::string why = error.what();
    throw Error(ErrorKind::memory, "cannot start a thread to fetch batches (" + why + "); end other programs");
  }
}

PrefetchedBatches::~PrefetchedBatches() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

const Batch& PrefetchedBatches::next() {
  std::unique_lock lock(mutex_);
  if (given_) {
    first_ = (first_ + 1) % ring_.size();
    --filled_;
    given_ = false;
    changed_.notify_all();
  }
  changed_.wait(lock, [&] { return filled_ > 0 || failure_; });
  if (filled_ == 0) std::rethrow_exception(failure_);
  given_ = true;
  return ring_[first_];
}

void PrefetchedBatches::restart() {
  {
    const std::lock_guard lock(mutex_);
    restart_ = true;
    filled_ = 0;
    given_ = false;
  }
  changed_.notify_all();
}

void PrefetchedBatches::fill() try {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return stop_ || restart_ || filled_ < ring_.size(); });
    if (stop_) return;
    if (restart_) {
      restart_ = false;
      cursor_.restart();
    }
    Batch& batch = ring_[(first_ + filled_) % ring_.size()];
    lock.unlock();
    gather(decoded_, cursor_.next(), batch);
    lock.lock();
    if (restart_) continue;  // nobody wants it any more
    ++filled_;
    changed_.notify_all();
  }
} catch (...) {
  const std::lock_guard lock(mutex_);
  failure_ = std::current_exception();
  changed_.notify_all();
}

}  // namespace m1bench

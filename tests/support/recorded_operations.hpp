// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "m1bench/core/observer.hpp"

namespace m1bench {

// Which operations were told of, in order; a test fails where they nest, overlap or end without having begun.
class RecordedOperations final : public OperationObserver {
 public:
  void begin_operation(std::size_t operation) override {
    EXPECT_FALSE(open_) << operation << " begins within " << *open_;
    open_ = operation;
  }
  void end_operation(std::size_t operation) override {
    EXPECT_EQ(open_, operation);
    open_.reset();
    done.push_back(operation);
  }
  bool open() const { return open_.has_value(); }

  std::vector<std::size_t> done;

 private:
  std::optional<std::size_t> open_;
};

// 0, 1, ... as often as `times` says.
inline std::vector<std::size_t> numbered(std::size_t count, int times) {
  std::vector<std::size_t> numbers;
  for (int time = 0; time < times; ++time) {
    for (std::size_t i = 0; i < count; ++i) numbers.push_back(i);
  }
  return numbers;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// How somebody outside of measured code learns what a loop is made of: it says where each part begins and ends, and the watch is
// in the other's hand.
namespace m1bench {

enum class Pass { input, forward, loss, backward, update };

struct OperationCost {
  double flop = 0;   // of products alone, as the catalogue counts them
  double bytes = 0;  // each array once that is read and once that is written, whatever a cache saves or a kernel repeats
};

// One part of a loop, by what its shapes say.
struct OperationInfo {
  std::string name;  // "dense_1"; that of its layer in every pass
  std::string kind;  // "dense"
  Pass pass = Pass::forward;
  std::string_view dtype = "f32";  // of its products
  OperationCost cost;
};

// Is told by the thread that runs the loop. Operations of one loop neither nest nor overlap, and are numbered as the list says
// that their owner gives of them.
class OperationObserver {
 public:
  virtual ~OperationObserver() = default;
  virtual void begin_operation(std::size_t operation) = 0;
  virtual void end_operation(std::size_t operation) = 0;
};

// Is told by whichever thread of a team works on a share of an operation, from 0 for the caller's; threads tell at the same time.
class ShareObserver {
 public:
  virtual ~ShareObserver() = default;
  virtual void begin_share(int thread) = 0;
  virtual void end_share(int thread) = 0;
};

// One operation, from construction on; without an observer a branch at each end.
class ObservedOperation {
 public:
  ObservedOperation(OperationObserver* observer, std::size_t operation) : observer_(observer), operation_(operation) {
    if (observer_) observer_->begin_operation(operation_);
  }
  ~ObservedOperation() {
    if (observer_) observer_->end_operation(operation_);
  }
  ObservedOperation(const ObservedOperation&) = delete;
  ObservedOperation& operator=(const ObservedOperation&) = delete;

 private:
  OperationObserver* observer_;
  std::size_t operation_;
};

}  // namespace m1bench

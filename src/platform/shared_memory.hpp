// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

// Memory that a driver and its workers have in common, so that every target streams through the same physical pages: which
// ones a process happens to get can make a difference of 20 % between two runs of one program.
namespace m1bench {

// A worker finds it under this number.
inline constexpr int kSharedDescriptor = 3;

// Zeros at first. Pages are taken when something is written there, and kept until this and every mapping has ended.
class SharedMemory {
 public:
  // Nothing where the system has none to give.
  static std::unique_ptr<SharedMemory> make(std::uint64_t bytes);
  ~SharedMemory();
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;

  int descriptor() const { return descriptor_; }  // never one of 0 to kSharedDescriptor; closed at exec
  std::uint64_t bytes() const { return bytes_; }

 private:
  SharedMemory(int descriptor, std::uint64_t bytes) : descriptor_(descriptor), bytes_(bytes) {}
  int descriptor_;
  std::uint64_t bytes_;
};

// Such memory as this process sees it.
class SharedMapping {
 public:
  SharedMapping(int descriptor, std::uint64_t bytes);  // throws Error(io)
  ~SharedMapping();
  SharedMapping(const SharedMapping&) = delete;
  SharedMapping& operator=(const SharedMapping&) = delete;
  std::span<std::byte> bytes() const { return bytes_; }

 private:
  std::span<std::byte> bytes_;
};

// An object without a name, of no bytes yet; -1 with errno. One body per OS.
int open_shared_memory();

}  // namespace m1bench

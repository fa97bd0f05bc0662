// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "m1bench/core/error.hpp"
#include "platform/descriptor.hpp"
#include "platform/shared_memory.hpp"

namespace m1bench {

std::unique_ptr<SharedMemory> SharedMemory::make(std::uint64_t bytes) {
  const Descriptor low(open_shared_memory());
  if (!low.is_open() || ftruncate(low.get(), static_cast<off_t>(bytes)) != 0) return nullptr;
  Descriptor high(fcntl(low.get(), F_DUPFD_CLOEXEC, kSharedDescriptor + 1));
  if (!high.is_open()) return nullptr;
  return std::unique_ptr<SharedMemory>(new SharedMemory(high.release(), bytes));
}

SharedMemory::~SharedMemory() { ::close(descriptor_); }

// The size is asked for first: a mapping beyond the end is granted, and kills whoever touches it.
SharedMapping::SharedMapping(int descriptor, std::uint64_t bytes) {
  struct stat status {};
  if (fstat(descriptor, &status) != 0) throw Error(ErrorKind::io, "the memory shared with the driver is not there: " + system_reason(errno));
  if (static_cast<std::uint64_t>(status.st_size) < bytes) throw Error(ErrorKind::io, "the memory shared with the driver is smaller than it says");
  void* address = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (address == MAP_FAILED) throw Error(ErrorKind::io, "cannot map the memory shared with the driver: " + system_reason(errno));
  bytes_ = {static_cast<std::byte*>(address), static_cast<std::size_t>(bytes)};
}

SharedMapping::~SharedMapping() { munmap(bytes_.data(), bytes_.size()); }

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>

#include "platform/descriptor.hpp"
#include "platform/shared_memory.hpp"

namespace m1bench {

// pipe() and then close-on-exec: macOS has no pipe2(), and nothing else in this process can fork in between.
bool open_pipe(Descriptor& read_end, Descriptor& write_end) {
  int ends[2];
  if (pipe(ends) != 0) return false;
  const Descriptor low_read(ends[0]), low_write(ends[1]);
  read_end = Descriptor(fcntl(low_read.get(), F_DUPFD_CLOEXEC, kSharedDescriptor + 1));
  if (!read_end.is_open()) return false;
  write_end = Descriptor(fcntl(low_write.get(), F_DUPFD_CLOEXEC, kSharedDescriptor + 1));
  return write_end.is_open();
}

bool set_nonblocking(int descriptor) {
  const int flags = fcntl(descriptor, F_GETFL);
  return flags != -1 && fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "platform/shared_memory.hpp"

namespace m1bench {

// The name is gone at once: it is only there because macOS has no memory without one, and would outlive a driver that is
// killed. Names end at 31 characters (PSHMNAMLEN).
int open_shared_memory() {
  const std::string name = "/m1bench-" + std::to_string(getpid());
  shm_unlink(name.c_str());  // of a process that had this number and was killed in between
  const int descriptor = shm_open(name.c_str(), O_RDWR | O_CREAT | O_EXCL, 0600);
  if (descriptor >= 0) shm_unlink(name.c_str());
  return descriptor;
}

}  // namespace m1bench

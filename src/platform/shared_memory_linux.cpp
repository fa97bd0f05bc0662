// SPDX-License-Identifier: Apache-2.0
#include <sys/mman.h>

#include "platform/shared_memory.hpp"

namespace m1bench {

// Not shm_open: containers give /dev/shm 64 MiB.
int open_shared_memory() { return memfd_create("m1bench", MFD_CLOEXEC); }

}  // namespace m1bench

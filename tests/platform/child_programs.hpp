// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "platform/descriptor.hpp"
#include "platform/process.hpp"

namespace m1bench {

// How long a test waits for what must happen; only a broken program takes as long.
inline constexpr double kPatience = 30;
inline constexpr std::size_t kLineBytes = 1 << 20;

inline SpawnOptions child_command(const std::string& act, const std::string& argument = "") {
  return {{M1BENCH_TEST_CHILDREN "/child", act, argument}, {}, {}};
}

inline std::unique_ptr<Child> spawn_child(const std::string& act, const std::string& argument = "") {
  Child::SpawnError error;
  return Child::spawn(child_command(act, argument), error);
}

// A fifo that tells when the process holding its other end has begun and when it is no more.
class LifeLine {
 public:
  explicit LifeLine(const std::string& path) {
    mkfifo(path.c_str(), 0600);
    fifo_ = Descriptor(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  }
  bool begins() { return next_size() == 1; }
  bool ends() { return next_size() == 0; }

 private:
  ssize_t next_size() {
    pollfd event{fifo_.get(), POLLIN, 0};
    if (poll(&event, 1, static_cast<int>(kPatience * 1000)) != 1) return -1;
    char byte = 0;
    return read(fifo_.get(), &byte, 1);
  }

  Descriptor fifo_;
};

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

// Shared by the POSIX bodies of this layer only.
namespace m1bench {

// An open file descriptor, closed when this ends.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  bool is_open() const { return number_ >= 0; }
  int get() const { return number_; }
  int release() { return std::exchange(number_, -1); }
  // False if the system reports only now that something written was lost. Never repeated: after EINTR the number is free.
  bool close() { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0 || errno == EINTR; }

 private:
  int number_ = -1;
};

// Calls again what a signal handler interrupted.
template <class Call>
auto retry(Call call) {
  for (;;) {
    const auto result = call();
    if (result != -1 || errno != EINTR) return result;
  }
}

inline std::string system_reason(int error_number) { return std::generic_category().message(error_number); }

// A pipe whose ends no child inherits and which are never 0, 1, 2 or kSharedDescriptor, even where those were closed: so a
// child can put any of them in place with dup2. False with errno if there is none to be had.
bool open_pipe(Descriptor& read_end, Descriptor& write_end);
bool set_nonblocking(int descriptor);

}  // namespace m1bench

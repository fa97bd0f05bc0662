// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>

#include <cstdio>
#include <cstdlib>

#include "m1bench/core/error.hpp"
#include "platform/descriptor.hpp"
#include "platform/terminal.hpp"

namespace m1bench {

bool is_terminal(int descriptor) { return isatty(descriptor) == 1; }

int terminal_width(int descriptor) {
  constexpr int kUsualColumns = 80;
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsualColumns;
  return size.ws_col;
}

std::optional<std::string> environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) return std::nullopt;
  return value;
}

// The descriptor may be non-blocking without our doing: a terminal shares that flag with whatever else uses it.
bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = retry([&] { return write(descriptor, text.data(), text.size()); });
    if (size > 0) {
      text.remove_prefix(static_cast<std::size_t>(size));
    } else if (size < 0 && errno == EAGAIN) {
      pollfd writable{descriptor, POLLOUT, 0};
      poll(&writable, 1, -1);
    } else {
      return false;
    }
  }
  return true;
}

int claim_standard_output() {
  std::fflush(stdout);
  const int own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (own < 0 || retry([] { return dup2(STDERR_FILENO, STDOUT_FILENO); }) < 0) {
    throw Error(ErrorKind::io, "cannot claim the standard output: " + system_reason(errno));
  }
  return own;
}

}  // namespace m1bench

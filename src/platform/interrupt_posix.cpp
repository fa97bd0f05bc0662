// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <csignal>

#include "m1bench/core/error.hpp"
#include "platform/descriptor.hpp"
#include "platform/interrupt.hpp"

namespace m1bench {
namespace {

volatile std::sig_atomic_t first_signal = 0;
volatile std::sig_atomic_t wake_descriptor = -1;  // what the handler writes to
int awakened_descriptor = -1;                     // what a poller reads from; never emptied, so that it stays readable

extern "C" void remember_interrupt(int signal) {
  const int error_number = errno;
  if (first_signal == 0) first_signal = signal;
  static_cast<void>(!write(wake_descriptor, "!", 1));  // a full pipe is readable too
  errno = error_number;
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

bool is_ignored(int signal) {
  struct sigaction now {};
  return sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

}  // namespace

void catch_interrupts() {
  if (awakened_descriptor >= 0) return;
  Descriptor read_end, write_end;
  if (!open_pipe(read_end, write_end) || !set_nonblocking(read_end.get()) || !set_nonblocking(write_end.get())) {
    throw Error(ErrorKind::io, "cannot make a pipe: " + system_reason(errno));
  }
  awakened_descriptor = read_end.release();
  wake_descriptor = write_end.release();
  handle(SIGINT, remember_interrupt);
  handle(SIGQUIT, remember_interrupt);
  handle(SIGTERM, remember_interrupt);
  if (!is_ignored(SIGHUP)) handle(SIGHUP, remember_interrupt);  // nohup asked for it to be ignored
  handle(SIGPIPE, SIG_IGN);
}

int interrupted() { return first_signal; }
int interrupt_descriptor() { return awakened_descriptor; }

}  // namespace m1bench

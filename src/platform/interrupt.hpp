// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace m1bench {

// Catches SIGINT, SIGQUIT, SIGTERM and SIGHUP for the rest of the process (and ignores SIGPIPE): afterwards interrupted() tells which
// came first, and interrupt_descriptor() becomes readable, so that whoever polls a child also wakes for it.
void catch_interrupts();
int interrupted();            // 0, or the first signal's number
int interrupt_descriptor();   // -1 before catch_interrupts()

}  // namespace m1bench

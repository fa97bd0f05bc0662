// SPDX-License-Identifier: Apache-2.0
// The entry point of a slice that is a file of its own: a worker, without the driver.
#include <cstdio>
#include <exception>
#include <string_view>

#include "platform/build_info.hpp"
#include "worker/slice.hpp"
#include "worker/worker.hpp"

int main(int argc, char** argv) try {
  using namespace m1bench;
  const std::string_view command = argc == 2 ? argv[1] : "";
  if (command == "worker") return run_worker();
  if (command == "--version") {
    std::printf("m1bench %s slice %s build %s\n", build_info().version.c_str(), compiled_slice().slice.c_str(), build_info().build_id.c_str());
    return 0;
  }
  std::fprintf(stderr, "This is one slice of m1bench; run m1bench itself, which starts it.\n");
  return 2;
} catch (const std::exception& error) {
  std::fprintf(stderr, "m1bench: %s\n", error.what());
  return 1;
}

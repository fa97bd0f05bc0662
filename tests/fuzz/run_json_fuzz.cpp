// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "m1bench/core/error.hpp"
#include "result/run_json.hpp"

// Whatever is accepted must be written as a document that reads back as the same one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  m1bench::Run run;
  try {
    run = m1bench::run_from_json({reinterpret_cast<const char*>(data), size});
  } catch (const m1bench::Error& error) {
    if (error.kind() != m1bench::ErrorKind::data) std::abort();
    return 0;
  }
  const std::string text = m1bench::to_json(run);
  if (m1bench::to_json(m1bench::run_from_json(text)) != text) std::abort();
  return 0;
}

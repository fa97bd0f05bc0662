// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <string>

#include "datafile/tflite.hpp"
#include "m1bench/tensor/tensor.hpp"
#include "platform/files.hpp"

namespace m1bench {

// Bytes at a multiple of 64, as a mapping is.
class Mapped {
 public:
  explicit Mapped(const std::string& bytes) : memory_(Shape{static_cast<std::int64_t>(bytes.size())}) {
    std::memcpy(memory_.data(), bytes.data(), bytes.size());
  }
  std::span<std::byte> bytes() { return std::as_writable_bytes(memory_.span()); }

 private:
  Tensor<std::uint8_t> memory_;
};

inline std::string model_path(const std::string& name) { return std::string(M1BENCH_TEST_DATA) + "/tflite/" + name + ".tflite"; }

// A committed model as workers get it.
inline std::string packed_model(const std::string& name) {
  return pack_tflite({name, read_file(model_path(name), kMaxTfliteBytes)});
}

}  // namespace m1bench

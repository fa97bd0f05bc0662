// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace m1bench {

// The model files that are part of this program, so that an installed tree stands alone.
struct EmbeddedModel {
  std::string_view name;    // of the file: "mnist-cnn-f32.tflite"
  std::string_view sha256;  // 64 lower-case hexadecimal digits
  std::span<const unsigned char> bytes;
};
std::span<const EmbeddedModel> embedded_models();

}  // namespace m1bench

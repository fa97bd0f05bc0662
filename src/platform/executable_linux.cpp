// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "platform/file_posix.hpp"
#include "platform/files.hpp"

namespace m1bench {

std::string own_executable() {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) throw file_error("read", "/proc/self/exe", error.value());
  return path.string();
}

}  // namespace m1bench

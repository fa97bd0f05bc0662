// SPDX-License-Identifier: Apache-2.0
#include <mach-o/dyld.h>

#include <cstdint>
#include <filesystem>

#include "platform/file_posix.hpp"
#include "platform/files.hpp"

namespace m1bench {

std::string own_executable() {
  std::uint32_t size = 0;
  _NSGetExecutablePath(nullptr, &size);  // tells the size
  std::string path(size, '\0');
  if (_NSGetExecutablePath(path.data(), &size) != 0) throw Error(ErrorKind::io, "the system does not tell where m1bench is");
  std::error_code error;
  const std::filesystem::path resolved = std::filesystem::canonical(path.c_str(), error);
  if (error) throw file_error("find", path.c_str(), error.value());
  return resolved.string();
}

}  // namespace m1bench

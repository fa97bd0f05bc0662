// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string_view>

#include "platform/process.hpp"
#include "platform/terminal.hpp"

namespace m1bench {
namespace {

bool is_program(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && access(path.c_str(), X_OK) == 0;
}

// nullopt also where the current folder no longer exists.
std::optional<std::string> absolute(const std::string& path) {
  std::error_code error;
  std::filesystem::path result = std::filesystem::absolute(path, error);
  if (error) return std::nullopt;
  return result.string();
}

}  // namespace

std::optional<std::string> find_program(const std::string& program) {
  if (program.empty()) return std::nullopt;
  if (program.find('/') != std::string::npos) return is_program(program) ? absolute(program) : std::nullopt;
  const std::string path = environment("PATH").value_or("/usr/local/bin:/usr/bin:/bin");
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    const std::string folder = end == begin ? "." : path.substr(begin, end - begin);  // an empty entry is the current folder
    if (is_program(folder + '/' + program)) return absolute(folder + '/' + program);
    begin = end + 1;
  }
  return std::nullopt;
}

}  // namespace m1bench

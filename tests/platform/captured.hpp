// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "platform/files.hpp"
#include "platform/linux_facts.hpp"

// What machines told of themselves: tests/data/host/README.md.
namespace m1bench {

using Files = std::map<std::string, std::string>;  // path -> text

inline std::string captured(const std::string& name) {
  return read_file(std::string(M1BENCH_TEST_DATA "/host/") + name + ".txt", 1 << 20);
}

// The files that one Linux machine would show, as `tail -n +1 FILE...` prints them.
inline Files captured_files(const std::string& name) {
  Files files;
  const std::string text = "\n" + captured(name);
  for (std::size_t at = text.find("\n==> "); at != std::string::npos;) {
    const std::size_t path_end = text.find(" <==\n", at), next = text.find("\n==> ", path_end);
    files[text.substr(at + 5, path_end - at - 5)] =
        text.substr(path_end + 5, next == std::string::npos ? next : next - path_end - 5);
    at = next;
  }
  return files;
}

inline ReadText files_of(Files files) {
  return [files = std::move(files)](const std::string& wanted) {
    const auto found = files.find(wanted);
    return found == files.end() ? std::nullopt : std::optional(found->second);
  };
}

// The folders that `files` lie in.
inline ListFolder folders_of(Files files) {
  return [files = std::move(files)](const std::string& folder) {
    std::set<std::string> names;
    for (const auto& [path, text] : files) {
      if (path.starts_with(folder)) names.insert(path.substr(folder.size(), path.find('/', folder.size()) - folder.size()));
    }
    return std::vector<std::string>(names.begin(), names.end());
  };
}

}  // namespace m1bench

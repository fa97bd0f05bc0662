// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/wheel.hpp"
#include "launch/executable.hpp"

namespace m1bench {

// What was found in a folder or is one file: everything that audit() judges by. Paths are below the root, sorted.
struct ListedFile {
  std::string path;
  ExecutableFile holds;
};

struct ListedLink {
  std::string path, target;             // as the link has it
  std::optional<ExecutableFile> holds;  // of bin/python*: what the program holds that it leads to, in the tree or out of it
  bool dangles = false;                 // of bin/python*: it leads to nothing that can be read
};

struct SkippedPath {
  std::string path, reason;
};

struct Listing {
  std::string path;  // as the user named it
  std::string root;  // the same, absolute and without links
  bool is_folder = true, cut = false;
  std::uint64_t files = 0, folders = 0;
  std::vector<ListedFile> binaries;  // files of machine code, damaged ones too
  std::vector<ListedLink> links;
  std::vector<Distribution> distributions;
  std::vector<SkippedPath> skipped;
};

// True for bin/python, bin/python3, bin/python3.11 in any folder: what an environment names its interpreter.
bool names_interpreter(const std::string& path);

}  // namespace m1bench

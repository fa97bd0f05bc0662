// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace m1bench {

// What a folder holds that is neither a regular file nor a folder that could be entered.
enum class TreeKind { link, special, unreadable };
struct TreeEntry {
  std::string path;  // below the root, "a/b"
  TreeKind kind;
  std::string detail;  // a link's text; "fifo", "socket" or "device"; or the system's reason
};

struct Tree {
  bool is_folder = true;  // false: the root is one regular file
  std::uint64_t files = 0, folders = 0;
  bool cut = false;               // more than any tree should hold: the rest was not looked at
  std::vector<TreeEntry> others;  // by path
};

// Bytes of the regular file that is being visited; fewer than asked where it ends or cannot be read.
using ReadBytes = std::function<std::string(std::uint64_t offset, std::size_t count)>;
// `path` is below the root, or the file's own name where the root is a file. Called from several threads at a time.
using VisitFile = std::function<void(const std::string& path, std::uint64_t size, const ReadBytes& read)>;

// Visits every regular file below `root` (or `root` itself) from `threads` threads; 0: as many as the machine has CPUs, but no
// fewer than 16. No link below the root is followed, not even one that replaces a folder meanwhile; nothing but folders and
// regular files is opened; 200 levels is the deepest. Throws Error(io) if the root is not there or cannot be read, Error(data)
// if it is a fifo, a device or a socket, and whatever `visit` throws. 50000 small files in the page cache take about a second
// on one CPU.
Tree walk_tree(const std::string& root, const VisitFile& visit, unsigned threads = 0);

// The same for one file, following links; nothing happens if it is no regular file or cannot be read: false.
bool visit_file(const std::string& path, const VisitFile& visit);

}  // namespace m1bench

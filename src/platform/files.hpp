// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace m1bench {

// Everything here throws Error(io) with a sentence naming the path and the system's reason, unless it says otherwise.

// The whole file, refused with Error(data) if it is larger than `max_bytes` or not a regular file (a fifo would block).
std::string read_file(const std::string& path, std::uint64_t max_bytes);

// The first `bytes` of a file, or all of it if it is shorter.
std::string read_head(const std::string& path, std::size_t bytes);

// Replaces `path` so that a reader, a crash or a full disk sees the old contents or the new, never a part: writes a
// temporary file in the same folder, fsync, rename, fsync of the folder. The temporary file is removed on failure. A link is
// followed; what exists and is no regular file (/dev/null) is refused. Without `durable` nothing is synced: that costs a
// fraction of the time, and survives everything but the machine itself going down.
void write_file_atomic(const std::string& path, std::string_view contents, bool durable = true);

// Plain writing for scratch files: several pieces one after another.
void write_file(const std::string& path, std::span<const std::string_view> pieces);

// Adds to the end of a file, which is made if there is none. What another process adds meanwhile stays whole.
void append_file(const std::string& path, std::string_view text);
std::uint64_t file_size(const std::string& path);  // in bytes; 0 if there is no such file

void make_directories(const std::string& path);
bool file_exists(const std::string& path);
bool is_directory(const std::string& path);
enum class FileKind { none, regular, folder, character_device, other };  // other: a fifo, a socket, a disk
FileKind file_kind(const std::string& path);  // links followed; none also where it cannot be told
std::vector<std::string> list_directory(const std::string& path);  // names, sorted

// A private folder under TMPDIR (or /tmp), removed with everything in it when this ends.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A file mapped read-only, shared with every other process that maps it.
class MappedFile {
 public:
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::span<const std::byte> bytes_;
};

// One measurement at a time on a machine: holds an exclusive lock on a file under /tmp until destroyed. Opened without
// following links; the holder's pid is in it.
class MachineLock {
 public:
  // Nothing if another process holds the lock; then `holder` is its pid (0 if unknown).
  static std::unique_ptr<MachineLock> try_acquire(int& holder, const std::string& path = "/tmp/m1bench.lock");
  ~MachineLock();
  MachineLock(const MachineLock&) = delete;
  MachineLock& operator=(const MachineLock&) = delete;

 private:
  explicit MachineLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// Where this program's own file is, links resolved.
std::string own_executable();

// "runs" of "runs/a.json"; "." of "a.json".
std::string parent_directory(const std::string& path);

}  // namespace m1bench

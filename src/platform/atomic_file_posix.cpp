// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cstdio>
#include <memory>

#include "platform/clock.hpp"
#include "platform/file_posix.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

// The file that `path` leads to, so that a link stays a link; `path` itself if there is none yet. Renaming over anything but
// a regular file (/dev/null, as root) would destroy it.
std::string replaceable_file(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(realpath(path.c_str(), nullptr), &std::free);
  if (resolved == nullptr) return path;
  struct stat status {};
  if (stat(resolved.get(), &status) == 0 && !S_ISREG(status.st_mode)) {
    throw Error(ErrorKind::io, "cannot replace '" + path + "': it is not a regular file; name another");
  }
  return resolved.get();
}

// A new file beside the one to be replaced, removed again unless it is kept.
class NeighbourFile {
 public:
  explicit NeighbourFile(const std::string& path) {
    constexpr int kTries = 16;  // names are random, so one is enough unless somebody is in the way on purpose
    for (int tries = 0; tries < kTries && !file_.is_open(); ++tries) {
      char suffix[32];
      std::snprintf(suffix, sizeof suffix, ".%016llx.tmp", static_cast<unsigned long long>(random_seed()));
      name_ = path + suffix;
      file_ = Descriptor(retry([&] { return open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644); }));
      if (!file_.is_open() && errno != EEXIST) break;
    }
    if (!file_.is_open()) throw file_error("write", path, errno);
  }
  ~NeighbourFile() {
    if (!name_.empty()) unlink(name_.c_str());
  }
  NeighbourFile(const NeighbourFile&) = delete;
  NeighbourFile& operator=(const NeighbourFile&) = delete;

  bool fill(std::string_view contents, bool durable) {
    return write_completely(file_, contents) && (!durable || retry([&] { return fsync(file_.get()); }) == 0) && file_.close();
  }
  bool replace(const std::string& path) {
    if (std::rename(name_.c_str(), path.c_str()) != 0) return false;
    name_.clear();
    return true;
  }

 private:
  std::string name_;
  Descriptor file_;
};

// Makes the new name itself survive a crash. Some file systems cannot sync a folder and say so, which is not a failure.
bool sync_directory(const std::string& path) {
  const Descriptor folder(retry([&] { return open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (!folder.is_open()) return errno == EACCES;  // a folder may be writable and not readable
  return retry([&] { return fsync(folder.get()); }) == 0 || errno == EINVAL || errno == ENOTSUP;
}

}  // namespace

void write_file_atomic(const std::string& path, std::string_view contents, bool durable) {
  const std::string target = replaceable_file(path);
  NeighbourFile file(target);
  if (!file.fill(contents, durable) || !file.replace(target)) throw file_error("write", path, errno);
  if (durable && !sync_directory(parent_directory(target))) throw file_error("sync the folder of", path, errno);
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cstdlib>

#include "platform/file_posix.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

// The file may be another user's. Linux then refuses O_CREAT in a sticky folder (fs.protected_regular), and the mode may
// allow reading only; a lock can be had all the same.
Descriptor open_lock(const std::string& path) {
  constexpr int kAlways = O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
  Descriptor file;
  for (const int flags : {O_RDWR | O_CREAT, O_RDWR, O_RDONLY}) {
    file = Descriptor(retry([&] { return open(path.c_str(), flags | kAlways, 0666); }));
    if (file.is_open() || errno != EACCES) break;
  }
  const std::string remedy = "; remove it, or let its owner do so";
  if (!file.is_open()) throw Error(ErrorKind::io, "cannot open the lock '" + path + "': " + system_reason(errno) + remedy);
  struct stat status {};
  // A second name would make this a way to have some other file overwritten.
  if (fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_nlink != 1) {
    throw Error(ErrorKind::io, "the lock '" + path + "' is not a plain file" + remedy);
  }
  if (status.st_uid == geteuid()) fchmod(file.get(), 0666);  // whatever the umask: the next user writes a pid too
  return file;
}

// The pid in the file, if such a process lives.
int holder_of(const Descriptor& file) {
  char text[16] = {};
  if (pread(file.get(), text, sizeof text - 1, 0) <= 0) return 0;
  const long pid = std::strtol(text, nullptr, 10);
  if (pid <= 0 || pid > 0x7FFFFFFF) return 0;
  return kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM ? static_cast<int>(pid) : 0;
}

}  // namespace

std::unique_ptr<MachineLock> MachineLock::try_acquire(int& holder, const std::string& path) {
  Descriptor file = open_lock(path);
  if (retry([&] { return flock(file.get(), LOCK_EX | LOCK_NB); }) != 0) {
    if (errno != EWOULDBLOCK) throw file_error("lock", path, errno);
    holder = holder_of(file);
    return nullptr;
  }
  // The pid is for people to read: the lock holds without it.
  const std::string pid = std::to_string(getpid()) + '\n';
  if (ftruncate(file.get(), 0) == 0) static_cast<void>(!pwrite(file.get(), pid.data(), pid.size(), 0));
  return std::unique_ptr<MachineLock>(new MachineLock(file.release()));
}

// The file stays: removing it could take away a lock that somebody has just opened and is about to hold.
MachineLock::~MachineLock() {
  static_cast<void>(!ftruncate(descriptor_, 0));
  close(descriptor_);
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <climits>
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

#include "platform/file_posix.hpp"
#include "platform/tree.hpp"

namespace m1bench {
namespace {

constexpr int kNever = O_CLOEXEC | O_NONBLOCK | O_NOCTTY;  // waits for nobody, becomes nobody's terminal

// Files of one folder, or a folder to be listed.
struct Task {
  std::string folder;  // "" or "a/b/"
  int depth = 0;
  std::vector<std::string> files;
};

const char* special_name(mode_t mode) { return S_ISFIFO(mode) ? "fifo" : S_ISSOCK(mode) ? "socket" : "device"; }

// Reads from an open file and remembers why that failed, if it did.
class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  std::string read(std::uint64_t offset, std::size_t count) {
    std::string bytes(count, '\0');
    std::size_t filled = 0;
    while (filled < count && offset + filled <= static_cast<std::uint64_t>(LLONG_MAX)) {
      const ssize_t size =
          retry([&] { return pread(descriptor_, bytes.data() + filled, count - filled, static_cast<off_t>(offset + filled)); });
      if (size < 0) error_ = errno;
      if (size <= 0) break;
      filled += static_cast<std::size_t>(size);
    }
    bytes.resize(filled);
    return bytes;
  }
  int error() const { return error_; }

 private:
  int descriptor_, error_ = 0;
};

class Walker {
 public:
  Walker(Descriptor root, const VisitFile& visit) : root_(std::move(root)), visit_(visit) { tasks_.push_back({}); }

  Tree walk(unsigned threads) {
    std::vector<std::thread> helpers;
    try {
      while (helpers.size() + 1 < threads) helpers.emplace_back([this] { work(); });
    } catch (const std::system_error&) {  // no more threads to be had: fewer do it too
    }
    work();
    for (std::thread& helper : helpers) helper.join();
    if (failure_) std::rethrow_exception(failure_);
    std::sort(tree_.others.begin(), tree_.others.end(), [](const TreeEntry& a, const TreeEntry& b) { return a.path < b.path; });
    return std::move(tree_);
  }

 private:
  // Until there is nothing left to do, and nobody at work who could find more.
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [this] { return !tasks_.empty() || busy_ == 0; });
      if (tasks_.empty()) return;
      const Task task = std::move(tasks_.back());
      tasks_.pop_back();
      ++busy_;
      lock.unlock();
      try {
        do_task(task);
        lock.lock();
      } catch (...) {
        lock.lock();
        if (!failure_) failure_ = std::current_exception();
        tasks_.clear();
      }
      if (--busy_ == 0) wake_.notify_all();
    }
  }

  void do_task(const Task& task) {
    Descriptor folder = open_folder(task.folder);
    if (!folder.is_open())
      return add({task.folder.substr(0, task.folder.size() - 1), TreeKind::unreadable, system_reason(errno)});
    if (task.files.empty()) return list(task, std::move(folder));
    for (const std::string& name : task.files) visit(task.folder + name, name, folder);
  }

  // Component by component, because O_NOFOLLOW minds the last one alone; and so few descriptors are open at a time.
  Descriptor open_folder(const std::string& path) const {
    Descriptor folder(retry([&] { return openat(root_.get(), ".", O_RDONLY | O_DIRECTORY | kNever); }));
    for (std::size_t at = 0; folder.is_open() && at < path.size();) {
      const std::size_t end = path.find('/', at);
      const std::string name = path.substr(at, end - at);
      folder =
          Descriptor(retry([&] { return openat(folder.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | kNever); }));
      at = end + 1;
    }
    return folder;
  }

  void list(const Task& task, Descriptor folder) {
    constexpr int kDeepest = 200;
    constexpr std::size_t kFilesOfATask = 256;
    if (task.depth > kDeepest) return add({task.folder, TreeKind::unreadable, "more than 200 folders deep"});
    const int number = folder.get();
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(fdopendir(number), closedir);
    if (!stream) return add({task.folder, TreeKind::unreadable, system_reason(errno)});
    folder.release();
    Task files{task.folder, task.depth, {}};
    errno = 0;
    while (const dirent* entry = readdir(stream.get())) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") sort_in(task, name, kind_of(number, *entry), number, files);
      if (files.files.size() >= kFilesOfATask) push(std::exchange(files, {task.folder, task.depth, {}}));
      errno = 0;
    }
    if (errno != 0) add({task.folder, TreeKind::unreadable, system_reason(errno)});
    if (!files.files.empty()) push(std::move(files));
    const std::lock_guard lock(mutex_);
    ++tree_.folders;
  }

  // The type as a mode's bits; 0 if it cannot be had. Most file systems tell it in the listing.
  static mode_t kind_of(int folder, const dirent& entry) {
    if (entry.d_type != DT_UNKNOWN) return static_cast<mode_t>(DTTOIF(entry.d_type));
    struct stat status {};
    return fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status.st_mode : 0;
  }

  void sort_in(const Task& task, const std::string& name, mode_t mode, int folder, Task& files) {
    const std::string path = task.folder + name;
    if (S_ISREG(mode)) {
      files.files.push_back(name);
    } else if (S_ISDIR(mode)) {
      push({path + "/", task.depth + 1, {}});
    } else if (S_ISLNK(mode)) {
      std::string text(PATH_MAX, '\0');
      const ssize_t size = readlinkat(folder, name.c_str(), text.data(), text.size());
      if (size < 0) return add({path, TreeKind::unreadable, system_reason(errno)});
      text.resize(static_cast<std::size_t>(size));
      add({path, TreeKind::link, text});
    } else if (mode == 0) {
      add({path, TreeKind::unreadable, "nothing can be said of it"});
    } else {
      add({path, TreeKind::special, special_name(mode)});
    }
  }

  void visit(const std::string& path, const std::string& name, const Descriptor& folder) {
    const Descriptor file(retry([&] { return openat(folder.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | kNever); }));
    struct stat status {};
    if (!file.is_open() || fstat(file.get(), &status) != 0) return add({path, TreeKind::unreadable, system_reason(errno)});
    if (!S_ISREG(status.st_mode)) return add({path, TreeKind::special, special_name(status.st_mode)});
    OpenFile open(file.get());
    visit_(path, static_cast<std::uint64_t>(status.st_size),
           [&](std::uint64_t offset, std::size_t count) { return open.read(offset, count); });
    if (open.error() != 0) add({path, TreeKind::unreadable, system_reason(open.error())});
    const std::lock_guard lock(mutex_);
    ++tree_.files;
  }

  void push(Task task) {
    constexpr std::size_t kMostTasks = 1 << 20;
    const std::lock_guard lock(mutex_);
    if (failure_) return;
    if (++pushed_ > kMostTasks) {
      tree_.cut = true;
      return;
    }
    tasks_.push_back(std::move(task));
    wake_.notify_one();
  }

  void add(TreeEntry entry) {
    constexpr std::size_t kMostEntries = 1 << 20;
    if (entry.path.ends_with('/')) entry.path.pop_back();
    const std::lock_guard lock(mutex_);
    if (tree_.others.size() < kMostEntries) {
      tree_.others.push_back(std::move(entry));
    } else {
      tree_.cut = true;
    }
  }

  Descriptor root_;
  const VisitFile& visit_;
  std::mutex mutex_;  // guards all that follows
  std::condition_variable wake_;
  std::vector<Task> tasks_;  // the last first: few folders wait at a time
  std::size_t busy_ = 0, pushed_ = 0;
  Tree tree_;
  std::exception_ptr failure_;
};

bool visit_open(const Descriptor& file, const std::string& path, std::uint64_t size, const VisitFile& visit) {
  OpenFile open(file.get());
  visit(std::filesystem::path(path).filename().string(), size,
        [&](std::uint64_t offset, std::size_t count) { return open.read(offset, count); });
  return open.error() == 0;
}

}  // namespace

bool visit_file(const std::string& path, const VisitFile& visit) try {
  std::uint64_t size = 0;
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
  const Descriptor file = open_regular_file(path, size);
  return visit_open(file, path, size, visit);
} catch (const Error&) {
  return false;
}

Tree walk_tree(const std::string& root, const VisitFile& visit, unsigned threads) {
  struct stat status {};
  if (stat(root.c_str(), &status) != 0) throw file_error("read", root, errno);
  if (S_ISREG(status.st_mode)) {
    std::uint64_t size = 0;
    const Descriptor file = open_regular_file(root, size);
    if (!visit_open(file, root, size, visit)) throw Error(ErrorKind::io, "cannot read '" + root + "'");
    return {false, 1, 0, false, {}};
  }
  if (!S_ISDIR(status.st_mode)) {
    throw Error(ErrorKind::data, "'" + root + "' is a " + special_name(status.st_mode) + "; name a folder or a file");
  }
  Descriptor folder(retry([&] { return open(root.c_str(), O_RDONLY | O_DIRECTORY | kNever); }));
  if (!folder.is_open()) throw file_error("read", root, errno);
  // More than CPUs: where nothing is cached yet, each waits for the disk most of the time.
  constexpr unsigned kFewestThreads = 16, kMostThreads = 64;
  if (threads == 0) threads = std::clamp(std::thread::hardware_concurrency(), kFewestThreads, kMostThreads);
  return Walker(std::move(folder), visit).walk(threads);
}

}  // namespace m1bench

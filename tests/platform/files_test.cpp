// SPDX-License-Identifier: Apache-2.0
#include "platform/files.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <filesystem>
#include <functional>

#include "m1bench/core/error.hpp"
#include "platform/child_programs.hpp"
#include "platform/terminal.hpp"

namespace m1bench {
namespace {

constexpr std::uint64_t kMuch = 1 << 20;

void put(const std::string& path, std::string_view text) {
  const std::string_view pieces[] = {text};
  write_file(path, pieces);
}

// The error that `body` throws.
Error error_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorKind::internal, "nothing was thrown");
}

// A full disk, as far as a test can have one: no file may grow beyond `bytes`.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    signal(SIGXFSZ, handler_);
  }

 private:
  void (*handler_)(int);
  rlimit before_{};
};

TEST(Files, WritesPiecesAndReads) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/file";
  const std::string_view pieces[] = {"one ", "", std::string_view("two\0", 4)};
  write_file(path, pieces);
  EXPECT_EQ(read_file(path, kMuch), std::string("one two\0", 8));
  EXPECT_EQ(read_file(path, 8).size(), 8u);
}

TEST(Files, RefusesToRead) {
  const TemporaryDirectory folder;
  const std::string fifo = folder.path() + "/fifo", large = folder.path() + "/large", none = folder.path() + "/none";
  mkfifo(fifo.c_str(), 0600);
  put(large, "123456789");
  struct Row {
    std::string path;
    ErrorKind kind;
    std::string reason;
  };
  const Row rows[] = {{fifo, ErrorKind::data, "not a regular file"},
                      {folder.path(), ErrorKind::data, "not a regular file"},
                      {"/dev/null", ErrorKind::data, "not a regular file"},
                      {large, ErrorKind::data, "larger than the 8 bytes"},
                      {none, ErrorKind::io, "No such file"}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.path);
    const Error error = error_of([&] { read_file(row.path, 8); });
    EXPECT_EQ(error.kind(), row.kind);
    EXPECT_NE(std::string(error.what()).find(row.reason), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find(row.path), std::string::npos) << error.what();
  }
}

TEST(Files, ReplacesAtomically) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/run.json";
  const mode_t before = umask(022);
  write_file_atomic(path, "first");
  umask(before);
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0644u);
  const MappedFile old(path);  // a reader in the middle of the old contents keeps them
  write_file_atomic(path, std::string(300000, 'x'));
  EXPECT_EQ(read_file(path, kMuch), std::string(300000, 'x'));
  EXPECT_EQ(old.bytes().size(), 5u);
  EXPECT_EQ(static_cast<char>(old.bytes()[0]), 'f');
  EXPECT_EQ(list_directory(folder.path()), std::vector<std::string>{"run.json"});
}

TEST(Files, FailedReplacementLeavesTheOld) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/run.json";
  write_file_atomic(path, "old");
  const Error error = [&] {
    const FileSizeLimit full(1000);
    return error_of([&] { write_file_atomic(path, std::string(5000, 'x')); });
  }();
  EXPECT_EQ(error.kind(), ErrorKind::io);
  EXPECT_EQ(std::string(error.what()), "cannot write '" + path + "': " + system_reason(EFBIG));
  EXPECT_EQ(read_file(path, kMuch), "old");
  EXPECT_EQ(list_directory(folder.path()), std::vector<std::string>{"run.json"}) << "the temporary file is still there";
}

TEST(Files, AtomicWriteFollowsLinksAndSparesDevices) {
  const TemporaryDirectory folder;
  make_directories(folder.path() + "/real/deep");
  const std::string link = folder.path() + "/link", fifo = folder.path() + "/fifo";
  put(folder.path() + "/real/deep/run.json", "old");
  std::filesystem::create_symlink("real/deep/run.json", link);
  write_file_atomic(link, "new");
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(read_file(folder.path() + "/real/deep/run.json", kMuch), "new");
  mkfifo(fifo.c_str(), 0600);
  for (const std::string& path : {fifo, folder.path() + "/real", folder.path() + "/none/run.json"}) {
    EXPECT_EQ(error_of([&] { write_file_atomic(path, "x"); }).kind(), ErrorKind::io) << path;
  }
  EXPECT_TRUE(std::filesystem::is_fifo(fifo));
}

TEST(Files, Folders) {
  const TemporaryDirectory folder;
  make_directories(folder.path() + "/b/c");
  make_directories(folder.path() + "/b/c");
  put(folder.path() + "/a", "");
  EXPECT_EQ(list_directory(folder.path()), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(is_directory(folder.path() + "/b/c"));
  EXPECT_FALSE(is_directory(folder.path() + "/a"));
  EXPECT_TRUE(file_exists(folder.path() + "/a"));
  EXPECT_FALSE(file_exists(folder.path() + "/none"));
  EXPECT_EQ(error_of([&] { list_directory(folder.path() + "/none"); }).kind(), ErrorKind::io);
  EXPECT_EQ(error_of([&] { make_directories(folder.path() + "/a/b"); }).kind(), ErrorKind::io);
  EXPECT_EQ(parent_directory("runs/a.json"), "runs");
  EXPECT_EQ(parent_directory("a.json"), ".");
  EXPECT_EQ(parent_directory("/a.json"), "/");
}

TEST(Files, TemporaryDirectoryGoesAway) {
  std::string path;
  {
    const TemporaryDirectory folder;
    path = folder.path();
    make_directories(path + "/deep/er");
    put(path + "/deep/er/file", "x");
    ASSERT_TRUE(is_directory(path));
  }
  EXPECT_FALSE(file_exists(path));
}

TEST(Files, MapsNothingOfAnEmptyFileAndRefusesOthers) {
  const TemporaryDirectory folder;
  put(folder.path() + "/empty", "");
  EXPECT_TRUE(MappedFile(folder.path() + "/empty").bytes().empty());
  EXPECT_EQ(error_of([&] { MappedFile{folder.path()}; }).kind(), ErrorKind::data);
  EXPECT_EQ(error_of([&] { MappedFile{folder.path() + "/none"}; }).kind(), ErrorKind::io);
}

TEST(Files, FindsOwnExecutable) { EXPECT_TRUE(file_exists(own_executable())); }

TEST(MachineLock, RefusesASecondProcessAndNamesTheFirst) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/lock";
  const auto other = spawn_child("hold-lock", path);
  std::string line;
  ASSERT_EQ(other->read_line(line, kLineBytes, kPatience), ReadStatus::line);
  int holder = -1;
  EXPECT_EQ(MachineLock::try_acquire(holder, path), nullptr);
  EXPECT_EQ(holder, other->pid());
  other->finish(kPatience);
  EXPECT_NE(MachineLock::try_acquire(holder, path), nullptr);
}

TEST(MachineLock, HoldsUntilDestroyedAndIsNotInherited) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/lock";
  int holder = -1;
  auto lock = MachineLock::try_acquire(holder, path);
  ASSERT_NE(lock, nullptr);
  const auto child = spawn_child("echo");
  EXPECT_EQ(MachineLock::try_acquire(holder, path), nullptr);
  EXPECT_EQ(holder, getpid());
  lock.reset();
  EXPECT_NE(MachineLock::try_acquire(holder, path), nullptr) << "the child holds it";
}

TEST(AppendFile, AddsToTheEnd) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/summary";
  EXPECT_EQ(file_size(path), 0U);
  append_file(path, "one\n");
  append_file(path, "two\n");
  EXPECT_EQ(read_file(path, kMuch), "one\ntwo\n");
  EXPECT_EQ(file_size(path), 8U);
}

TEST(AppendFile, SaysWhatItCannotWrite) {
  const TemporaryDirectory folder;
  mkfifo((folder.path() + "/fifo").c_str(), 0600);
  for (const char* name : {"", "/no/such", "/fifo"}) {
    const Error error = error_of([&] { append_file(folder.path() + name, "x"); });
    EXPECT_EQ(error.kind(), ErrorKind::io) << name;
    EXPECT_NE(std::string(error.what()).find(folder.path() + name), std::string::npos) << error.what();
  }
}

TEST(MachineLock, RefusesLinksAndFifos) {
  const TemporaryDirectory folder;
  const std::string precious = folder.path() + "/precious";
  const std::string shared = folder.path() + "/shared";
  put(precious, "precious");
  put(shared, "precious");
  std::filesystem::create_symlink(precious, folder.path() + "/symlink");
  std::filesystem::create_hard_link(shared, folder.path() + "/hardlink");
  mkfifo((folder.path() + "/fifo").c_str(), 0600);
  int holder = 0;
  for (const char* name : {"/symlink", "/hardlink", "/fifo"}) {
    const Error error = error_of([&] { MachineLock::try_acquire(holder, folder.path() + name); });
    EXPECT_EQ(error.kind(), ErrorKind::io) << name << ": " << error.what();
  }
  EXPECT_EQ(read_file(precious, kMuch), "precious");
  EXPECT_EQ(read_file(shared, kMuch), "precious");
}

}  // namespace
}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "platform/file_posix.hpp"
#include "platform/files.hpp"
#include "platform/terminal.hpp"

namespace m1bench {

Descriptor open_regular_file(const std::string& path, std::uint64_t& size) {
  Descriptor file(retry([&] { return open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); }));
  if (!file.is_open()) throw file_error("read", path, errno);
  struct stat status {};
  if (fstat(file.get(), &status) != 0) throw file_error("read", path, errno);
  if (!S_ISREG(status.st_mode)) throw Error(ErrorKind::data, "'" + path + "' is not a regular file; name one that is");
  size = static_cast<std::uint64_t>(status.st_size);
  return file;
}

bool write_completely(const Descriptor& file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = retry([&] { return write(file.get(), text.data(), text.size()); });
    if (size < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

// The size is known only at the end: a file under /proc claims to be empty, and another process may be appending.
std::string read_file(const std::string& path, std::uint64_t max_bytes) {
  std::uint64_t size = 0;
  const Descriptor file = open_regular_file(path, size);
  std::string contents;
  std::vector<char> piece(1 << 16);
  while (size <= max_bytes) {
    const ssize_t count = retry([&] { return read(file.get(), piece.data(), piece.size()); });
    if (count < 0) throw file_error("read", path, errno);
    if (count == 0) return contents;
    contents.append(piece.data(), static_cast<std::size_t>(count));
    size = contents.size();
  }
  throw Error(ErrorKind::data, "'" + path + "' is larger than the " + std::to_string(max_bytes) +
                                   " bytes that are read from such a file; is it the right one?");
}

std::string read_head(const std::string& path, std::size_t bytes) {
  std::uint64_t size = 0;
  const Descriptor file = open_regular_file(path, size);
  std::string head(bytes, '\0');
  std::size_t filled = 0;
  while (filled < bytes) {
    const ssize_t count = retry([&] { return read(file.get(), head.data() + filled, bytes - filled); });
    if (count < 0) throw file_error("read", path, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  head.resize(filled);
  return head;
}

void write_file(const std::string& path, std::span<const std::string_view> pieces) {
  Descriptor file(retry([&] { return open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644); }));
  if (!file.is_open()) throw file_error("write", path, errno);
  for (const std::string_view piece : pieces) {
    if (!write_completely(file, piece)) throw file_error("write", path, errno);
  }
  if (!file.close()) throw file_error("write", path, errno);
}

void append_file(const std::string& path, std::string_view text) {
  // O_NONBLOCK: a pipe that nobody reads would keep us for ever.
  Descriptor file(retry([&] { return open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0644); }));
  if (!file.is_open() || !write_completely(file, text) || !file.close()) throw file_error("write", path, errno);
}

std::uint64_t file_size(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

void make_directories(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw file_error("make the folder", path, error.value());
}

bool file_exists(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0;
}

bool is_directory(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

FileKind file_kind(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return FileKind::none;
  if (S_ISREG(status.st_mode)) return FileKind::regular;
  if (S_ISDIR(status.st_mode)) return FileKind::folder;
  return S_ISCHR(status.st_mode) ? FileKind::character_device : FileKind::other;
}

std::vector<std::string> list_directory(const std::string& path) {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator entry(path, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) throw file_error("list the folder", path, error.value());
  std::sort(names.begin(), names.end());
  return names;
}

TemporaryDirectory::TemporaryDirectory() {
  const std::string folder = environment("TMPDIR").value_or("");
  path_ = (folder.empty() ? "/tmp" : folder) + "/m1bench-XXXXXX";
  if (mkdtemp(path_.data()) == nullptr) throw file_error("make the temporary folder", path_, errno);
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

MappedFile::MappedFile(const std::string& path) {
  std::uint64_t size = 0;
  const Descriptor file = open_regular_file(path, size);
  if (size == 0) return;  // there is no mapping of nothing
  void* address = mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
  if (address == MAP_FAILED) throw file_error("map", path, errno);
  bytes_ = {static_cast<const std::byte*>(address), static_cast<std::size_t>(size)};
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

std::string parent_directory(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace m1bench

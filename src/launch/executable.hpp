// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What an executable file holds: ELF, thin and universal Mach-O, and static archives of either. The bytes may be anyone's:
// nothing is read beyond what is given, every count is bounded, and a file that contradicts itself is refused with a reason.
// Sources: System V ABI, "ELF Header"; Apple, <mach-o/fat.h>, <mach-o/loader.h> and <ar.h>. Pure.
namespace m1bench {

enum class ExecutableFormat { none, elf, mach_o, universal, archive };
enum class ExecutableKind { unknown, program, library, bundle, object, archive, core, symbols, kernel };
std::string_view name_of(ExecutableFormat format);  // "Mach-O"
std::string_view name_of(ExecutableKind kind);      // "program"

// The code for one architecture.
struct ExecutableSlice {
  std::string arch;  // "arm64", "arm64e", "x86_64", "x86_64h", "i386", "ppc"; "cputype 77" of a stranger
  ExecutableKind kind = ExecutableKind::unknown;
  int bits = 0;                        // 32 or 64; 0 if unknown
  bool elf = false;                    // Linux's, not macOS's
  std::string loader;                  // ELF: the dynamic loader that runs it, "/lib64/ld-linux-x86-64.so.2"; "" if it needs none
  std::uint64_t offset = 0, size = 0;  // within the file, bytes
  std::optional<std::string> minos;    // "13.0": the oldest macOS it runs on
  std::vector<std::string> imports;    // the libraries that Mach-O loads with it, as they are written there
  std::optional<bool> is_signed;       // Mach-O: carries a code signature; nothing if the bytes do not reach so far
  std::string reason;                  // what is wrong with this slice; "" if nothing is
};

struct ExecutableFile {
  ExecutableFormat format = ExecutableFormat::none;
  ExecutableKind kind = ExecutableKind::unknown;  // of its first slice; `archive` whatever that holds
  std::vector<ExecutableSlice> slices;            // of an archive: one for each architecture among its first members
  std::string reason;                             // why it was refused; then it has no slices
  bool holds(std::string_view arch) const;
};

// The bytes of a file as far as they are to be had: `read` gives fewer than asked where they end, and never more.
struct ByteSource {
  static constexpr std::uint64_t kUnknownSize = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t size = kUnknownSize;  // of the whole file, however much of it `read` can give
  std::function<std::string(std::uint64_t offset, std::size_t count)> read;
};

// At most some thirty reads for each of at most 16 slices, none of them over 64 KiB; a single one of a few bytes for a file
// of no such format.
ExecutableFile read_executable(const ByteSource& source);

// From its first bytes (4096 are enough for the architectures of all but an archive with a large index).
ExecutableFile read_executable(std::string_view head, std::uint64_t file_size = ByteSource::kUnknownSize);

}  // namespace m1bench

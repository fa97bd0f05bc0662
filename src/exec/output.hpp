// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// What a program printed, as far as it takes to tell whether two printed the same. Pure.
namespace m1bench {

// A hash of all of it, taken as it comes, and its beginning. The hash is as fast as memory, so that a program which prints
// gigabytes does not wait for it; it finds differences, not forgeries.
class Output {
 public:
  // `keep`: the bytes that are kept to show.
  explicit Output(std::size_t keep = 0) : keep_(keep) {}

  void add(std::string_view bytes);
  std::uint64_t bytes() const { return bytes_; }
  const std::string& beginning() const { return beginning_; }

  // 16 hexadecimal digits of everything printed and of the exit code: what must be the same in every execution.
  std::string checksum(int exit_code) const;

 private:
  void mix(std::uint64_t word);

  std::size_t keep_;
  std::string beginning_;
  std::string rest_;  // less than a word, of what came last
  std::uint64_t bytes_ = 0;
  std::uint64_t state_ = 0x9E3779B97F4A7C15;
};

// Where two outputs part, in words: "in line 3 (byte 17): 'pi = 3.14', not 'pi = 3.15'". `expected` first differs from `got`
// within what was kept of them, or after it.
std::string difference(const Output& expected, const Output& got);

}  // namespace m1bench

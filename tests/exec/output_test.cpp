// SPDX-License-Identifier: Apache-2.0
#include "exec/output.hpp"

#include <gtest/gtest.h>

#include <set>

namespace m1bench {
namespace {

Output output_of(const std::string& text, std::size_t keep = 1000) {
  Output output(keep);
  output.add(text);
  return output;
}

TEST(Output, HashesTheSameInWhateverPiecesItComes) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += static_cast<char>(i * 37);
  const std::string whole = output_of(text).checksum(0);
  for (std::size_t piece = 1; piece < 20; ++piece) {
    Output pieces;
    for (std::size_t at = 0; at < text.size(); at += piece) pieces.add(std::string_view(text).substr(at, piece));
    EXPECT_EQ(pieces.checksum(0), whole) << piece;
    EXPECT_EQ(pieces.bytes(), text.size());
  }
}

TEST(Output, ThatDiffersInAnythingHashesOtherwise) {
  std::set<std::string> checksums{output_of("abc").checksum(0), output_of("abc").checksum(1)};
  for (const char* text : {"", "abd", "abc\n", "Abc", "cba"}) checksums.insert(output_of(text).checksum(0));
  checksums.insert(output_of(std::string(1, '\0')).checksum(0));
  checksums.insert(output_of(std::string(8, '\0')).checksum(0));
  checksums.insert(output_of("abcdefgh12345678").checksum(0));
  checksums.insert(output_of("12345678abcdefgh").checksum(0));
  EXPECT_EQ(checksums.size(), 11u);
}

TEST(Output, KeepsNoMoreOfItsBeginningThanAskedFor) {
  EXPECT_EQ(output_of("0123456789", 4).beginning(), "0123");
  EXPECT_EQ(output_of("0123456789", 0).beginning(), "");
}

TEST(Output, IsToldWhereItPartsFromAnother) {
  const std::string line(100, 'x');
  const struct {
    std::string expected, got, told;
  } rows[] = {
      {"a\nb\nc\n", "a\nB\nc\n", "in line 2 (byte 3): 'B', not 'b'"},
      {"a\nb\n", "a\n", "in line 2 (byte 3): nothing more, not 'b'"},
      {"", "a", "in line 1 (byte 1): 'a', not nothing more"},
      {"a\x1b[1m\n", "a\n", "in line 1 (byte 2): 'a', not 'a\\x1B[1m'"},
      {"a\x01" "b", "a\x02" "b", "in line 1 (byte 2): 'a\\x02b', not 'a\\x01b'"},
      {"a\\tb", "a\tb", "in line 1 (byte 2): 'a\\tb', not 'a\\\\tb'"},
      {"a\n", "a\r\n", "in line 1 (byte 2): 'a\\r', not 'a'"},
      {line + "a", line + "b", "in line 1 (byte 101): '..." + std::string(30, 'x') + "b', not '..." + std::string(30, 'x') + "a'"},
  };
  for (const auto& row : rows) EXPECT_EQ(difference(output_of(row.expected), output_of(row.got)), row.told);
  EXPECT_EQ(difference(output_of("abcd", 2), output_of("abce", 2)), "after the first 2 bytes");
}

}  // namespace
}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/shell_words.hpp"

#include <gtest/gtest.h>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

using Words = std::vector<std::string>;

TEST(ShellWords, SplitAsAShellQuotes) {
  const std::pair<const char*, Words> rows[] = {
      {"", {}},
      {" \t\n ", {}},
      {"qemu-aarch64 -L /x", {"qemu-aarch64", "-L", "/x"}},
      {"a  b\tc", {"a", "b", "c"}},
      {"'a b' \"c d\"", {"a b", "c d"}},
      {"a'b c'd", {"ab cd"}},
      {"'' \"\"", {"", ""}},
      {"a\\ b", {"a b"}},
      {"'a\\'", {"a\\"}},
      {R"("a\"b\\c\d\$\`")", {R"(a"b\c\d$`)"}},
      {"a\\\nb", {"ab"}},
      {"\"a\\\nb\"", {"ab"}},
      {"$HOME *.c | x > y # z", {"$HOME", "*.c", "|", "x", ">", "y", "#", "z"}},
  };
  for (const auto& [line, words] : rows) EXPECT_EQ(split_shell_words(line), words) << line;
}

TEST(ShellWords, RefuseWhatIsNotClosed) {
  for (const char* line : {"'a", "\"a", "a\\", "\"a\\", "'a' \"b\\\""}) {
    try {
      split_shell_words(line);
      ADD_FAILURE() << line << " was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage) << line;
    }
  }
}

TEST(ShellWords, QuoteOnlyWhereNeeded) {
  EXPECT_EQ(quote_shell_word("/usr/bin/arch"), "/usr/bin/arch");
  EXPECT_EQ(quote_shell_word("--seed=1"), "--seed=1");
  EXPECT_EQ(quote_shell_word("=ls"), "'=ls'");
  EXPECT_EQ(quote_shell_word(""), "''");
  EXPECT_EQ(quote_shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(quote_shell_line(Words{"A=b", "A=b"}), "'A=b' A=b");
}

TEST(ShellWords, QuotedWordsComeBack) {
  const Words words = {"", "plain", "a b", "it's", "\"", "\\", "a\nb", "$(x)", "`x`", "~", "*", "\xC3\xA9", "x'\"'y", "="};
  EXPECT_EQ(split_shell_words(quote_shell_line(words)), words);
}

}  // namespace
}  // namespace m1bench

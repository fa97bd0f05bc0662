// SPDX-License-Identifier: Apache-2.0
#include "report/escape.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/utf8.hpp"

namespace m1bench {
namespace {

struct Row {
  const char* name;
  std::string text, terminal, markdown, csv;
};

const Row kRows[] = {
    {"plain", "matmul/f32/1000", "matmul/f32/1000", "matmul/f32/1000", "matmul/f32/1000"},
    {"empty", "", "", "", ""},
    {"accents", "caf\xC3\xA9", "caf\xC3\xA9", "caf\xC3\xA9", "caf\xC3\xA9"},
    {"clear screen", "\x1b[2J", "\\u{1B}[2J", "\\\\u{1B}\\[2J", "\\u{1B}[2J"},
    {"C1 control", "\xC2\x9B" "31m", "\\u{9B}31m", "\\\\u{9B}31m", "\\u{9B}31m"},
    {"newline", "a\nb", "a\\u{A}b", "a\\\\u{A}b", "a\\u{A}b"},
    {"carriage return", "\rx", "\\u{D}x", "\\\\u{D}x", "'\\u{D}x"},
    {"tab", "\tx", "\\u{9}x", "\\\\u{9}x", "'\\u{9}x"},
    {"nul", std::string("a\0b", 3), "a\\u{0}b", "a\\\\u{0}b", "a\\u{0}b"},
    {"right-to-left override", "\xE2\x80\xAEx", "\\u{202E}x", "\\\\u{202E}x", "\\u{202E}x"},
    {"isolate", "\xE2\x81\xA6", "\\u{2066}", "\\\\u{2066}", "\\u{2066}"},
    {"zero width", "a\xE2\x80\x8B", "a\\u{200B}", "a\\\\u{200B}", "a\\u{200B}"},
    {"stray byte", "a\xFFz", "a\\x{FF}z", "a\\\\x{FF}z", "a\\x{FF}z"},
    {"cut short", "\xE2\x80", "\\x{E2}\\x{80}", "\\\\x{E2}\\\\x{80}", "\\x{E2}\\x{80}"},
    {"overlong", "\xC0\xAF", "\\x{C0}\\x{AF}", "\\\\x{C0}\\\\x{AF}", "\\x{C0}\\x{AF}"},
    {"surrogate", "\xED\xA0\x80", "\\x{ED}\\x{A0}\\x{80}", "\\\\x{ED}\\\\x{A0}\\\\x{80}", "\\x{ED}\\x{A0}\\x{80}"},
    {"markup", "<b>*_`|&", "<b>*_`|&", "&lt;b&gt;\\*\\_\\`\\|&amp;", "<b>*_`|&"},
    {"link", "[x](y) ~~ # $ !", "[x](y) ~~ # $ !", "\\[x\\](y) \\~\\~ \\# \\$ \\!", "[x](y) ~~ # $ !"},
    {"formula", "=1+1", "=1+1", "=1+1", "'=1+1"},
    {"plus", "+1", "+1", "+1", "'+1"},
    {"minus", "-1", "-1", "-1", "'-1"},
    {"at", "@SUM(A1)", "@SUM(A1)", "@SUM(A1)", "'@SUM(A1)"},
    {"workflow command", "::set-output name=a::b", "\\u{3A}:set-output name=a::b", "\\\\u{3A}:set-output name=a::b",
     "\\u{3A}:set-output name=a::b"},
    {"where a line may break", "a ::error::b", "a \\u{3A}:error::b", "a \\\\u{3A}:error::b", "a \\u{3A}:error::b"},
    {"older command", "a##[error]b", "a\\u{23}#[error]b", "a\\\\u{23}\\#\\[error\\]b", "a\\u{23}#[error]b"},
    {"scope", "std::bad_alloc", "std::bad_alloc", "std::bad\\_alloc", "std::bad_alloc"},
    {"quotes and commas", "a,\"b\"", "a,\"b\"", "a,\"b\"", "\"a,\"\"b\"\"\""},
};

TEST(Escape, HostileTexts) {
  for (const Row& row : kRows) {
    EXPECT_EQ(escape_terminal(row.text), row.terminal) << row.name;
    EXPECT_EQ(escape_markdown(row.text), row.markdown) << row.name;
    EXPECT_EQ(escape_csv(row.text), row.csv) << row.name;
  }
}

TEST(Escape, EveryByteIsSafeOnATerminal) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; second += 3) {
      const std::string text = {static_cast<char>(first), static_cast<char>(second)};
      const std::string escaped = escape_terminal(text);
      for (std::string_view left = escaped; !left.empty();) {
        const CodePoint point = decode_utf8(left);
        ASSERT_TRUE(point.valid && !is_unprintable(point.value)) << first << " " << second;
        left.remove_prefix(static_cast<std::size_t>(point.bytes));
      }
    }
  }
}

TEST(Escape, CodeSpansCannotBeLeft) {
  EXPECT_EQ(markdown_code("a b"), "`a b`");
  EXPECT_EQ(markdown_code("a`b"), "`` a`b ``");
  EXPECT_EQ(markdown_code("``"), "``` `` ```");
  EXPECT_EQ(markdown_code(""), "`  `") << "never a bare fence";
  EXPECT_EQ(markdown_name("x86_64-v2/rosetta2"), "`x86_64-v2/rosetta2`");
  EXPECT_EQ(markdown_name("a|b"), "a\\|b");
}

TEST(Escape, XmlHoldsNoMarkupAndNothingItForbids) {
  EXPECT_EQ(escape_xml("matmul/f32/1000 caf\xC3\xA9"), "matmul/f32/1000 caf\xC3\xA9");
  EXPECT_EQ(escape_xml("<a b=\"c\">&'"), "&lt;a b=&quot;c&quot;&gt;&amp;&apos;");
  EXPECT_EQ(escape_xml("]]>"), "]]&gt;");
  EXPECT_EQ(escape_xml(std::string("a\0\x0B\x1B\n\xFF", 6)), "a\\u{0}\\u{B}\\u{1B}\\u{A}\\x{FF}");
  EXPECT_EQ(escape_xml("\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD"), "\\u{FFFE}\\u{FFFF}\xEF\xBF\xBD");
}

TEST(Escape, HtmlHoldsNoMarkup) {
  EXPECT_EQ(escape_html("<img src=x onerror=\"a()\">&'"), "&lt;img src=x onerror=&quot;a()&quot;&gt;&amp;&apos;");
  EXPECT_EQ(escape_html("\xE2\x80\xAE\xFF\n"), "\\u{202E}\\x{FF}\\u{A}");
}

TEST(Escape, JsonInAScriptCannotEndIt) {
  const std::string json = R"(["</script>","<!--<script","a&b",1])";
  const std::string escaped = escape_script_json(json);
  EXPECT_EQ(escaped.find_first_of("<>&"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(escaped), nlohmann::json::parse(json)) << "and it is the same document";
}

TEST(Utf8, DisplayWidth) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("caf\xC3\xA9"), 4);
  EXPECT_EQ(display_width("e\xCC\x81"), 1);
  EXPECT_EQ(display_width("\xE6\xBC\xA2\xE5\xAD\x97"), 4);
  EXPECT_EQ(display_width("\xF0\x9F\x9A\x80"), 2);
}

}  // namespace
}  // namespace m1bench

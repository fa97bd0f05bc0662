// SPDX-License-Identifier: Apache-2.0
#include "report/github_summary.hpp"

#include <gtest/gtest.h>

#include "report/markdown.hpp"
#include "report/sample_runs.hpp"

namespace m1bench {
namespace {

const std::string kSentence = "\nThe rest is left out here, for GitHub shows no more; the whole report is in `report.md`.\n";

TEST(CutReport, IsNeverLongerAndClosesWhatIsOpen) {
  const std::string whole = markdown_report(mac_run());
  ASSERT_NE(whole.find("```mermaid"), std::string::npos);
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    const std::string cut = cut_report(whole, bytes, "`report.md`");
    ASSERT_LE(cut.size(), bytes);
    if (cut.empty()) continue;
    ASSERT_TRUE(cut.ends_with(kSentence)) << bytes;
    int fences = 0;
    for (std::size_t at = cut.find("```"); at != std::string::npos; at = cut.find("```", at + 3)) ++fences;
    ASSERT_EQ(fences % 2, 0) << cut;
    ASSERT_EQ(cut.find("<details>") == std::string::npos, cut.find("</details>") == std::string::npos) << cut;
  }
  EXPECT_EQ(cut_report(whole, whole.size(), "`report.md`"), whole);
}

TEST(CutReport, CutsAtTheEndOfALine) {
  const std::string text = "# title\n" + std::string(200, 'x') + "\n";
  EXPECT_EQ(cut_report(text, 150, "`report.md`"), "# title\n" + kSentence);
  EXPECT_EQ(cut_report(std::string(500, 'x'), 150, "`report.md`"), kSentence);
  EXPECT_EQ(cut_report(text, 20, "`report.md`"), "") << "no room for the sentence";
}

}  // namespace
}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "report/page_files.hpp"

// What the pages of m1bench share: one file that needs nothing else, the look, and the policy that keeps it harmless.
namespace m1bench {

enum class PageKind : std::uint8_t { report, trends };

struct HtmlPage {
  PageKind kind = PageKind::report;
  std::string title, subtitle;  // plain text
  std::string links;            // <li>s that lead to the page's parts
  std::string contents;         // HTML; the keyboard's first jump is to its id "results"
  std::string footer;           // plain text
  std::string data;             // script elements of JSON, for the scripts of this kind of page
};

// The page with those of `files` that its kind needs, by their names: what ends in ".css" as style, in ".js" as script,
// "first.js" before anything is shown, all else as a comment (licences). A policy in the page lets no script run but these and
// nothing be fetched, whatever the names in its contents say.
std::string html_page(const HtmlPage& page, std::span<const PageFile> files);

// Where a page jumps to; `title` is plain text.
std::string html_link(std::string_view id, std::string_view title);

// A document for the page's scripts, in ASCII.
std::string html_json(std::string_view id, std::string_view json);

}  // namespace m1bench

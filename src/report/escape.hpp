// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// Names, causes and notes may come from a file that anyone wrote, or from a translator's chatter. Every such text passes
// through one of these on its way into a report; what m1bench words itself does not need to.
namespace m1bench {

// Control, bidirectional and invisible characters as \u{1B}, bytes that are not UTF-8 as \x{FF}: nothing can move the cursor,
// colour the screen, fake a line or reorder it. So are the beginnings of GitHub's workflow commands ("::", "##["), which work
// in whatever a job prints: there "::set-output" becomes \u{3A}:set-output.
std::string escape_terminal(std::string_view text);

// For GitHub's Markdown outside of code, table cells included: as above, and every character that could begin markup is text.
std::string escape_markdown(std::string_view text);

// A code span; for names and command lines, which stay readable in the source. Pipes make it unfit for a table cell, where a
// name with anything unusual in it is escaped instead.
std::string markdown_code(std::string_view text);
std::string markdown_name(std::string_view name);

// For XML 1.0, between tags and in attributes: as escape_terminal, and the five characters of markup as entities. The two
// non-characters that XML forbids go the same way as control characters.
std::string escape_xml(std::string_view text);

// For HTML, between tags and in quoted attributes. Never for what stands in a script or a style.
std::string escape_html(std::string_view text);

// A JSON document as the contents of an HTML script element: still the same document, without a character that could end the
// element, begin a comment in it, or is not ASCII. `json` must be ASCII, as dumped with ensure_ascii.
std::string escape_script_json(std::string_view json);

// One CSV field, quoted as RFC 4180 asks, with the escapes of escape_terminal. A text that a spreadsheet would take for a
// formula gets an apostrophe in front.
// Numbers that m1bench prints itself are not to pass here: -1 would become text.
std::string escape_csv(std::string_view text);

}  // namespace m1bench

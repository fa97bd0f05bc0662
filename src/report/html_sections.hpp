// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "analysis/summary.hpp"
#include "result/model.hpp"

// The parts of the HTML report, each a pure function. "" where a run has nothing to show there.
namespace m1bench {

// "x86_64-v2/rosetta2 against arm64/native", as plain text from a file: escape it.
std::string html_title(const Run& run, const Summary& summary);

// A name, kept in one piece and in letters that tell l from 1.
std::string html_name(std::string_view name);

// What it costs here: a card a target.
std::string html_headline(const Run& run, const Summary& summary);

// The table of results: a row a case and other target, each complete, so that rows can be sorted. All but the first
// kRowsAtFirst are in a second table within <noscript>: to a browser that runs scripts they are one text, of which it makes rows
// when they are looked at, so ten thousand open as fast as two hundred.
std::string html_table(const Summary& summary);
inline constexpr std::size_t kRowsAtFirst = 200;

// What else the run tells in words: tiers, memory, first launches, the control.
std::string html_asides(const Run& run, const Summary& summary);

std::string html_warnings(std::span<const Warning> warnings);
std::string html_problems(const Summary& summary);

// Machine, session, program and targets; and the commands to do it again.
std::string html_provenance(const Run& run, const Summary& summary);
std::string html_commands(const Run& run);

// A section of the page, its heading and what is in it; "" around nothing.
std::string html_section(std::string_view id, std::string_view heading, std::string_view contents);

}  // namespace m1bench

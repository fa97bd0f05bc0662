// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

// Rows and columns, and the little typesetting that a terminal needs. All text here has been escaped already.
namespace m1bench {

enum class Tone { plain, strong, good, bad, doubtful };

// The text in its colour; unchanged when `color` is off, so that nothing but text ever reaches a file.
std::string toned(std::string_view text, Tone tone, bool color);

enum class Align { left, right };

struct Cell {
  std::string text;
  Tone tone = Tone::plain;
};

struct Column {
  std::string title;
  Align align = Align::left;
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  // each as long as `columns`
};

// Columns of the terminal that the widest line takes.
int width_of(const Table& table);

// Aligned by display width, two blanks between columns, none at the end of a line.
std::string to_text(const Table& table, bool color);

// A GitHub table.
std::string to_markdown(const Table& table);

// Breaks at blanks so that lines fit `width`, `first` before the first line and `rest` before the others. A word that is
// longer than a line is left whole.
std::string wrap(std::string_view text, int width, std::string_view first, std::string_view rest);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "report/table.hpp"

#include <algorithm>

#include "m1bench/core/text.hpp"
#include "report/utf8.hpp"

namespace m1bench {
namespace {

constexpr std::string_view kGap = "  ";

std::vector<int> column_widths(const Table& table) {
  std::vector<int> widths;
  for (const Column& column : table.columns) widths.push_back(display_width(column.title));
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i].text));
  }
  return widths;
}

// Blanks are held back until something follows them: a line never ends in one.
std::string line_of(const std::vector<Cell>& cells, const Table& table, const std::vector<int>& widths, bool color) {
  std::string line;
  std::size_t blanks = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) blanks += kGap.size();
    const auto padding = static_cast<std::size_t>(widths[i] - display_width(cells[i].text));
    const bool right = table.columns[i].align == Align::right;
    if (right) blanks += padding;
    if (!cells[i].text.empty()) {
      line.append(blanks, ' ');
      line += toned(cells[i].text, cells[i].tone, color);
      blanks = 0;
    }
    if (!right) blanks += padding;
  }
  return line + "\n";
}

}  // namespace

std::string toned(std::string_view text, Tone tone, bool color) {
  // SGR parameters of ECMA-48: bold, green, red, yellow. The text itself says all that the colour says.
  static constexpr std::string_view kParameters[] = {"", "1", "32", "31", "33"};
  if (!color || tone == Tone::plain || text.empty()) return std::string(text);
  return "\x1b[" + std::string(kParameters[static_cast<std::size_t>(tone)]) + "m" + std::string(text) + "\x1b[0m";
}

int width_of(const Table& table) {
  int width = 0;
  for (const int column : column_widths(table)) width += column + (width > 0 ? static_cast<int>(kGap.size()) : 0);
  return width;
}

std::string to_text(const Table& table, bool color) {
  const std::vector<int> widths = column_widths(table);
  std::vector<Cell> titles;
  for (const Column& column : table.columns) titles.push_back({column.title, Tone::strong});
  const bool titled = std::any_of(titles.begin(), titles.end(), [](const Cell& cell) { return !cell.text.empty(); });
  std::string text = titled ? line_of(titles, table, widths, color) : "";
  for (const auto& row : table.rows) text += line_of(row, table, widths, color);
  return text;
}

std::string to_markdown(const Table& table) {
  std::string text = "|", rule = "|";
  for (const Column& column : table.columns) {
    text += " " + column.title + " |";
    rule += column.align == Align::right ? "---:|" : "---|";
  }
  text += "\n" + rule + "\n";
  for (const auto& row : table.rows) {
    text += "|";
    for (const Cell& cell : row) text += " " + cell.text + (cell.text.empty() ? "|" : " |");
    text += "\n";
  }
  return text;
}

std::string wrap(std::string_view text, int width, std::string_view first, std::string_view rest) {
  std::string result, line(first);
  bool empty = true;
  for (const std::string& word : split(text, ' ')) {
    if (!empty && display_width(line) + 1 + display_width(word) > width) {
      result += line + "\n";
      line = rest;
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
  }
  return result + line + "\n";
}

}  // namespace m1bench

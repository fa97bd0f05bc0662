// SPDX-License-Identifier: Apache-2.0
#include "report/escape.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/utf8.hpp"

namespace m1bench {

namespace {

// Where a workflow command of GitHub Actions could begin, once a line is broken there: "::set-output", and "##[" anywhere. Not
// in "std::bad_alloc". `before` is the character in front, 0 at the beginning.
bool starts_command(std::string_view text, char before) {
  if (text.starts_with("##[")) return true;
  const bool within = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') || (before >= '0' && before <= '9') ||
                      before == '_' || before == '>' || before == ')';
  return text.starts_with("::") && !within;
}

}  // namespace

std::string escape_terminal(std::string_view text) {
  std::string result;
  char before = 0;
  while (!text.empty()) {
    const bool command = starts_command(text, before);
    before = text.front();
    const CodePoint point = decode_utf8(text);
    const auto bytes = static_cast<std::size_t>(point.bytes);
    if (!point.valid) {
      result += fmt::format("\\x{{{:X}}}", static_cast<unsigned>(point.value));
    } else if (command || is_unprintable(point.value)) {
      result += fmt::format("\\u{{{:X}}}", static_cast<unsigned>(point.value));
    } else {
      result += text.substr(0, bytes);
    }
    text.remove_prefix(bytes);
  }
  return result;
}

std::string escape_markdown(std::string_view text) {
  std::string result;
  for (const char c : escape_terminal(text)) {
    switch (c) {
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '&': result += "&amp;"; break;
      case '\\': case '`': case '|': case '*': case '_': case '~': case '#': case '[': case ']': case '$': case '!':
        result += '\\';
        [[fallthrough]];
      default: result += c;
    }
  }
  return result;
}

std::string markdown_code(std::string_view text) {
  const std::string safe = escape_terminal(text);
  std::size_t longest = 0, run = 0;
  for (const char c : safe) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  // Longer than any run of backticks within; the blanks keep one at either end apart and are not shown.
  const std::string fence(longest + 1, '`');
  const std::string_view blank = longest > 0 || safe.empty() ? " " : "";
  return fmt::format("{0}{1}{2}{1}{0}", fence, blank, safe);
}

std::string markdown_name(std::string_view name) {
  const bool usual = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/-_.+:,=").find(c) != std::string_view::npos;
  });
  return usual ? markdown_code(name) : escape_markdown(name);
}

std::string escape_xml(std::string_view text) {
  std::string result;
  const std::string safe = escape_terminal(text);
  for (std::string_view rest = safe; !rest.empty();) {
    const CodePoint point = decode_utf8(rest);
    const auto bytes = static_cast<std::size_t>(point.bytes);
    switch (point.value) {
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '&': result += "&amp;"; break;
      case '"': result += "&quot;"; break;
      case '\'': result += "&apos;"; break;
      case 0xFFFE: result += "\\u{FFFE}"; break;
      case 0xFFFF: result += "\\u{FFFF}"; break;
      default: result += rest.substr(0, bytes);
    }
    rest.remove_prefix(bytes);
  }
  return result;
}

// The entities of XML are known to HTML 5 as well, &apos; included.
std::string escape_html(std::string_view text) { return escape_xml(text); }

std::string escape_script_json(std::string_view json) {
  std::string result;
  result.reserve(json.size());
  for (const char c : json) {
    switch (c) {
      case '<': result += "\\u003c"; break;
      case '>': result += "\\u003e"; break;
      case '&': result += "\\u0026"; break;
      default: result += c;
    }
  }
  return result;
}

std::string escape_csv(std::string_view text) {
  const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  std::string field = (formula ? "'" : "") + escape_terminal(text);
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace m1bench

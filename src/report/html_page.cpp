// SPDX-License-Identifier: Apache-2.0
#include "report/html_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "report/escape.hpp"

namespace m1bench {
namespace {

// Which of the files is for one kind of page alone; all others are in every page.
struct Only {
  std::string_view name;
  PageKind kind;
};
constexpr Only kOnly[] = {{"table.js", PageKind::report}, {"page.js", PageKind::report}, {"trends.js", PageKind::trends}};

std::vector<PageFile> files_for(PageKind kind, std::span<const PageFile> files) {
  std::vector<PageFile> chosen(files.begin(), files.end());
  std::erase_if(chosen, [&](const PageFile& file) {
    return std::any_of(std::begin(kOnly), std::end(kOnly),
                       [&](const Only& row) { return row.name == file.name && row.kind != kind; });
  });
  return chosen;
}

constexpr std::string_view kFirstScript = "first.js";

int hex_value(char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; }

// The bytes that pairs of hexadecimal digits stand for, as a Content-Security-Policy writes a hash.
std::string base64_of_hex(std::string_view hex) {
  static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < hex.size(); at += 6) {  // three bytes are four digits
    const std::string_view group = hex.substr(at, 6);
    unsigned bits = 0;
    for (std::size_t i = 0; i < 6; ++i) bits = bits << 4 | static_cast<unsigned>(i < group.size() ? hex_value(group[i]) : 0);
    for (std::size_t digit = 0; digit < 4; ++digit) {
      text += digit <= group.size() / 2 ? kDigits[bits >> (18 - 6 * digit) & 63] : '=';
    }
  }
  return text;
}

// Style is not bound to hashes: the chart library styles its elements one by one. It could do no harm either, for nothing can
// be fetched.
std::string policy(std::span<const PageFile> files) {
  std::string scripts;
  for (const PageFile& file : files) {
    if (file.name.ends_with(".js")) scripts += fmt::format(" 'sha256-{}'", base64_of_hex(file.sha256));
  }
  return fmt::format("default-src 'none'; script-src{}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
                     scripts.empty() ? " 'none'" : scripts);
}

std::string head(const std::string& title, std::span<const PageFile> files) {
  std::string text = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>m1bench: {}</title>\n",
      policy(files), escape_html(title));
  for (const PageFile& file : files) {
    if (file.name.ends_with(".css")) text += fmt::format("<style>\n{}</style>\n", file.text());
    if (file.name == kFirstScript) text += fmt::format("<script>{}</script>\n", file.text());
  }
  return text + "</head>\n";
}

std::string resources(std::span<const PageFile> files) {
  std::string text;
  for (const PageFile& file : files) {
    if (file.name.ends_with(".css") || file.name == kFirstScript) continue;
    text += file.name.ends_with(".js") ? fmt::format("<script>{}</script>\n", file.text())
                                       : fmt::format("<!-- {}\n{}-->\n", file.name, file.text());
  }
  return text;
}

}  // namespace

std::string html_page(const HtmlPage& page, std::span<const PageFile> files) {
  const std::vector<PageFile> chosen = files_for(page.kind, files);
  const std::string navigation =
      page.links.empty() ? "" : fmt::format("<nav aria-label=\"Sections\">\n<ul>\n{}</ul>\n</nav>\n", page.links);
  return head(page.title, chosen) +
         fmt::format("<body>\n<a class=\"skip\" href=\"#results\">Skip to the results</a>\n<header>\n"
                     "<p class=\"brand\">m1bench</p>\n<h1>{}</h1>\n<p class=\"machine\">{}</p>\n{}</header>\n<main>\n",
                     escape_html(page.title), escape_html(page.subtitle), navigation) +
         page.contents + fmt::format("</main>\n<footer>\n<p>{}</p>\n</footer>\n", escape_html(page.footer)) + page.data +
         resources(chosen) + "</body>\n</html>\n";
}

std::string html_link(std::string_view id, std::string_view title) {
  return fmt::format("<li><a href=\"#{}\">{}</a></li>\n", id, escape_html(title));
}

std::string html_json(std::string_view id, std::string_view json) {
  return fmt::format("<script type=\"application/json\" id=\"{}\">{}</script>\n", id, escape_script_json(json));
}

}  // namespace m1bench

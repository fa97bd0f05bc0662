// SPDX-License-Identifier: Apache-2.0
#include "report/html.hpp"

#include <fmt/format.h>

#include <vector>

#include "analysis/warnings.hpp"
#include "report/escape.hpp"
#include "report/html_data_json.hpp"
#include "report/html_sections.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

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

struct Link {
  std::string_view id, title;
};

// Where the page is jumped about in; a link a section that is there.
std::string navigation(const std::string& body) {
  static constexpr Link kLinks[] = {{"results", "Results"},   {"bounds", "% of bound"}, {"case", "One case"},
                                    {"losses", "Losses"},     {"warnings", "Warnings"}, {"problems", "Not compared"},
                                    {"commands", "Commands"}, {"provenance", "Provenance"}};
  std::string items;
  for (const Link& link : kLinks) {
    if (body.find(fmt::format("<section id=\"{}\"", link.id)) == std::string::npos) continue;
    items += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", link.id, link.title);
  }
  return fmt::format("<nav aria-label=\"Sections\">\n<ul>\n{}</ul>\n</nav>\n", items);
}

// Where a script puts a chart.
std::string figure(std::string_view id) {
  return fmt::format("<div id=\"{}\" class=\"charts needs-script\"></div>\n", id);
}

std::string results(const Summary& summary) {
  if (summary.cases.empty()) return html_section("results", "Results", "<p>No case was run.</p>\n");
  const std::string charts = summary.others.empty() ? "" : figure("ratio-charts");
  const std::string footer = fmt::format("<p class=\"note\">{}, {}.{}</p>\n", blocks_text(summary), compared_text(summary),
                                         summary.quick ? " Quick: few short blocks, so every verdict is a first look." : "");
  return html_section("results", "Results", html_table(summary) + footer + charts);
}

// The controls are for the scripts to fill; without them there is nothing to choose.
std::string charts(const Run& run, const Summary& summary) {
  std::string text;
  if (summary.bounded) {
    text += html_section("bounds", "Share of what each target can reach",
                         "<p class=\"note\">Speed as a share of the bound that the same target reached in this run: 100 % is its "
                         "own peak, not another target's.</p>\n" + figure("bound-charts"));
  }
  if (!run.blocks.empty()) {
    text += html_section("case", "One case over time",
                         "<p class=\"needs-script\"><label for=\"case-choice\">Case</label> "
                         "<select id=\"case-choice\"></select></p>\n" + figure("slot-charts") + figure("block-charts") +
                         "<noscript><p>The charts are drawn by a script; run.json holds every slot.</p></noscript>\n");
  }
  for (const Verification& check : run.verifications) {
    if (check.losses.empty()) continue;
    return text + html_section("losses", "Losses of the verified training steps",
                               "<p class=\"note\">Curves that lie on one another are what is wanted: each target learns the same.</p>\n" +
                               figure("loss-charts"));
  }
  return text;
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

std::string html_report(const Run& run, std::span<const PageFile> files) {
  const Summary summary = summarise(run);
  const std::string title = html_title(run, summary);
  const std::string body = results(summary) + charts(run, summary) + html_asides(run, summary) +
                           html_warnings(warnings_of(run, summary)) + html_problems(summary) + html_commands(run) +
                           html_provenance(run, summary);
  return head(title, files) +
         fmt::format("<body>\n<a class=\"skip\" href=\"#results\">Skip to the results</a>\n<header>\n"
                     "<p class=\"brand\">m1bench</p>\n<h1>{}</h1>\n<p class=\"machine\">{}</p>\n{}</header>\n<main>\n",
                     escape_html(title), escape_html(machine_text(run)), navigation(body)) +
         html_headline(run, summary) + body +
         fmt::format("</main>\n<footer>\n<p>Written by m1bench {}. This file is complete: it loads nothing.</p>\n</footer>\n",
                     escape_html(run.tool.version)) +
         html_data(run, summary) + html_slots(run, summary) + resources(files) + "</body>\n</html>\n";
}

}  // namespace m1bench

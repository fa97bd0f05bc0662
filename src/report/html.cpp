// SPDX-License-Identifier: Apache-2.0
#include "report/html.hpp"

#include <fmt/format.h>

#include "analysis/warnings.hpp"
#include "report/html_data_json.hpp"
#include "report/html_page.hpp"
#include "report/html_sections.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

struct Link {
  std::string_view id, title;
};

// Where the page is jumped about in; a link a section that is there.
std::string links(const std::string& body) {
  static constexpr Link kLinks[] = {{"results", "Results"},   {"bounds", "% of bound"}, {"case", "One case"},
                                    {"losses", "Losses"},     {"warnings", "Warnings"}, {"problems", "Not compared"},
                                    {"commands", "Commands"}, {"provenance", "Provenance"}};
  std::string items;
  for (const Link& link : kLinks) {
    if (body.find(fmt::format("<section id=\"{}\"", link.id)) == std::string::npos) continue;
    items += html_link(link.id, link.title);
  }
  return items;
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

}  // namespace

std::string html_report(const Run& run, std::span<const PageFile> files) {
  const Summary summary = summarise(run);
  HtmlPage page;
  page.kind = PageKind::report;
  page.title = html_title(run, summary);
  page.subtitle = machine_text(run);
  const std::string body = results(summary) + charts(run, summary) + html_asides(run, summary) +
                           html_warnings(warnings_of(run, summary)) + html_problems(summary) + html_commands(run) +
                           html_provenance(run, summary);
  page.links = links(body);
  page.contents = html_headline(run, summary) + body;
  page.footer = fmt::format("Written by m1bench {}. This file is complete: it loads nothing.", run.tool.version);
  page.data = html_data(run, summary) + html_slots(run, summary);
  return html_page(page, files);
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "report/feed_series.hpp"

#include <string_view>

#include "m1bench/core/error.hpp"
#include "m1bench/core/hash.hpp"
#include "report/escape.hpp"

namespace m1bench {
namespace {

// So that a name in which a character is escaped is not that of one which has these very characters.
std::string escape_apart(std::string_view name) {
  std::string doubled;
  for (const char c : name) doubled += c == '\\' ? std::string("\\\\") : std::string(1, c);
  return escape_terminal(doubled);
}

// Without a blank: the last " on " of a series' name is where its target begins.
std::string escape_target(std::string_view name) {
  std::string escaped;
  for (const char c : escape_apart(name)) escaped += c == ' ' ? std::string("\\u{20}") : std::string(1, c);
  return escaped;
}

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::string shortened(const std::string& name) {
  if (name.size() <= kLongestFeedName) return name;
  const std::string end = "... " + short_hash(name);
  std::size_t kept = kLongestFeedName - end.size();
  while (kept > 0 && continues_a_character(name[kept])) --kept;
  return name.substr(0, kept) + end;
}

}  // namespace

std::vector<FeedSeries> measured_series(const Summary& summary) {
  std::vector<FeedSeries> series;
  const auto add = [&](const CaseSummary& item, const TargetSummary& target) {
    if (target.outcome == Outcome::measured) series.push_back({&item, &target});
  };
  for (const CaseSummary& item : summary.cases) {
    add(item, item.baseline);
    for (const TargetSummary& other : item.others) add(item, other);
  }
  return series;
}

std::vector<FeedSeries> series_to_send(const Summary& summary) {
  std::vector<FeedSeries> series = measured_series(summary);
  if (!series.empty()) return series;
  throw Error(ErrorKind::data, "nothing in this run has a time, and the service takes no empty document; `m1bench report` tells "
                               "what became of each case");
}

std::string name_of(const FeedSeries& series) {
  return shortened(escape_apart(series.item->name) + " on " + escape_target(series.target->target));
}

double loop_ns(const FeedSeries& series) { return *series.target->loop_s * 1e9; }

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "report/csv.hpp"

#include <fmt/format.h>

#include "report/escape.hpp"
#include "analysis/summary.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

// docs/result-schema.md describes these; columns are only ever added at the end.
constexpr std::string_view kHeader =
    "case,target,baseline,status,time_s,rate_per_s,rate_unit,ratio,ratio_low,ratio_high,blocks,verdict,quick,cause,remedy,"
    "max_rss_bytes,allocated_bytes,share_of_bound,loop_instructions,loop_energy_j,instructions_ratio,energy_ratio\n";

// Nine digits are beyond any measurement, and the same whichever libm took the logarithms.
std::string number(const std::optional<double>& value) { return value ? fmt::format("{:.9g}", *value) : ""; }

std::string count(const std::optional<std::uint64_t>& value) { return value ? std::to_string(*value) : ""; }

std::string record(const Summary& summary, const CaseSummary& item, const TargetSummary& target) {
  std::optional<double> ratio, low, high;
  if (target.ratio) {
    ratio = target.ratio->ratio();
    if (target.ratio->half_width) {
      low = target.ratio->low();
      high = target.ratio->high();
    }
  }
  const int blocks = target.ratio ? target.ratio->blocks : target.blocks;
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", escape_csv(item.name),
                     escape_csv(target.target), escape_csv(summary.baseline), name_of(target.outcome), number(target.loop_s), number(target.rate),
                     target.rate ? unit_noun(item.rate_unit) : "", number(ratio), number(low), number(high), blocks,
                     target.verdict ? name_of(*target.verdict) : "", summary.quick ? "yes" : "no", escape_csv(target.cause),
                     escape_csv(target.remedy), count(target.max_rss_bytes), count(target.allocated_bytes),
                     number(target.share_of_bound), number(target.loop_instructions), number(target.loop_energy_j),
                     number(target.instructions_ratio), number(target.energy_ratio));
}

}  // namespace

std::string csv_report(const Run& run) {
  const Summary summary = summarise(run);
  std::string text(kHeader);
  for (const CaseSummary& item : summary.cases) {
    text += record(summary, item, item.baseline);
    for (const TargetSummary& other : item.others) text += record(summary, item, other);
  }
  return text;
}

}  // namespace m1bench

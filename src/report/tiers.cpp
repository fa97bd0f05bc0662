// SPDX-License-Identifier: Apache-2.0
#include "report/tiers.hpp"

#include "report/columns.hpp"

namespace m1bench {

std::optional<Table> tiers_table(const Run& run, const Summary& summary, NameStyle name) {
  if (run.session.command != "tiers") return std::nullopt;
  Table table{{{"case"}, {"tier"}, {"against"}, {"for the same work"}, {"verdict"}}, {}};
  for (const TierRatio& row : tier_ratios(run, summary)) {
    table.rows.push_back({{name(row.case_name)},
                          {name(row.tier.target)},
                          {name(row.lowest)},
                          {ratio_text(*row.tier.ratio)},
                          {verdict_text(row.tier, summary.quick), tone_of(row.tier)}});
  }
  if (table.rows.empty()) return std::nullopt;
  return table;
}

}  // namespace m1bench

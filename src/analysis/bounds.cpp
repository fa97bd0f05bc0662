// SPDX-License-Identifier: Apache-2.0
#include "analysis/bounds.hpp"

namespace m1bench {
namespace {

bool streams(const Case& item) { return item.rate == RateUnit::bytes; }

// What limits is memory for whatever is told in bytes, and arithmetic of its type for everything else, training among it.
double amount_limited(const Case& item) { return streams(item) ? item.bytes : item.flop; }

bool limits(const Case& bound, const Case& item) {
  if (streams(bound) != streams(item) || bound.threads != item.threads) return false;
  return (streams(item) || bound.dtype == item.dtype) && amount_limited(bound) > 0 && amount_limited(item) > 0;
}

bool on_one_machine(const std::vector<const Machine*>& machines, std::size_t one, std::size_t other) {
  const Machine &a = *machines[one % machines.size()], &b = *machines[other % machines.size()];
  return &a == &b || (a.id && a.id == b.id);
}

void relate(const Case& item, TargetSummary& target, const Case& bound, const TargetSummary& reached) {
  if (!target.loop_s || !reached.loop_s || target.share_of_bound) return;
  target.share_of_bound = amount_limited(item) / *target.loop_s / (amount_limited(bound) / *reached.loop_s);
}

}  // namespace

void relate_to_bounds(const Run& run, Summary& summary) {
  const auto machines = machines_of(run);
  for (std::size_t b = 0; b < run.cases.size(); ++b) {
    const Case& bound = run.cases[b];
    if (!is_bound(bound)) continue;
    for (std::size_t i = 0; i < run.cases.size(); ++i) {
      const Case& item = run.cases[i];
      if (is_bound(item) || !limits(bound, item) || !on_one_machine(machines, b, i)) continue;
      const CaseSummary& reached = summary.cases[b];
      CaseSummary& row = summary.cases[i];
      relate(item, row.baseline, bound, reached.baseline);
      for (std::size_t t = 0; t < row.others.size(); ++t) relate(item, row.others[t], bound, reached.others[t]);
    }
  }
}

bool on_one_machine(const Run& run, std::size_t one, std::size_t other) { return on_one_machine(machines_of(run), one, other); }

}  // namespace m1bench

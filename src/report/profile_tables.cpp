// SPDX-License-Identifier: Apache-2.0
#include "report/profile_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "m1bench/core/text.hpp"

namespace m1bench {

const char* const kProfileLegend =
    "Times are of one loop: the median over blocks of the median slot. 'other' is what lies between operations. An operation's rate "
    "is its products' arithmetic, and without products the bytes that it must read and write. 'bound %' is that rate's share of "
    "what the target reached in bound/* just before; over 100 %: mostly a cache; under an emulator the triad "
    "itself may be limited by arithmetic.";

namespace {

constexpr const char* kUnknown = "-";

std::string seconds_text(const std::optional<double>& seconds) { return seconds ? format_seconds(*seconds) : kUnknown; }

std::string extra_text(const std::optional<double>& extra_s) {
  if (!extra_s) return kUnknown;
  return (*extra_s < 0 ? "-" : "+") + format_seconds(std::abs(*extra_s));
}

std::string share_text(const std::optional<double>& share) { return share ? fmt::format("{:.1f}", 100 * *share) : kUnknown; }

std::string rate_text(const ProfiledOperation& operation, const OperationProfile& seen) {
  const auto rate = rate_of(operation, seen);
  const char* unit = operation.flop == 0 ? "B/s" : operation.dtype == "i8" ? "OP/s" : "FLOP/s";
  return rate ? format_rate(*rate, unit) : kUnknown;
}

std::string bytes_text(double bytes) { return bytes > 0 ? format_bytes(static_cast<std::uint64_t>(bytes)) : kUnknown; }

std::string pass_text(const ProfiledOperation& operation) {
  return operation.kind == kOtherOperation ? "" : std::string(names_of(operation.pass)[static_cast<std::size_t>(operation.pass)]);
}

Tone tone_of_extra(const OperationProfile& seen) {
  if (!seen.ratio || !seen.ratio->half_width) return Tone::plain;
  return seen.ratio->low() > 1 ? Tone::bad : seen.ratio->high() < 1 ? Tone::good : Tone::plain;
}

// Columns that are not there leave out their cells.
class Columns {
 public:
  void add(const char* title, Align align, bool there = true) {
    there_.push_back(there);
    if (there) table.columns.push_back({title, align});
  }
  void add_row(std::vector<Cell> cells) {
    std::vector<Cell> kept;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (there_[i]) kept.push_back(std::move(cells[i]));
    }
    table.rows.push_back(std::move(kept));
  }
  Table table;

 private:
  std::vector<bool> there_;
};

const TargetProfile* baseline_of(const Profile& profile) {
  return !profile.targets.empty() && profile.targets.front().target == profile.baseline ? &profile.targets.front() : nullptr;
}

bool any_bound(const TargetProfile& target) {
  return std::any_of(target.operations.begin(), target.operations.end(), [](const OperationProfile& row) { return row.share_of_bound; });
}

std::string percent(double ratio) { return fmt::format("{:.2f}", 100 * (ratio - 1)); }

std::string every_text(std::uint64_t every) {
  if (every == 1) return "of every loop";
  return fmt::format("of one loop in {}", every);
}

}  // namespace

Table overview_table(const Profile& profile, NameStyle name) {
  const bool temporaries = std::any_of(profile.targets.begin(), profile.targets.end(), [](const TargetProfile& row) { return row.temporary_bytes; });
  Columns columns;
  columns.add("target", Align::left);
  columns.add("loop", Align::right);
  columns.add("peak memory", Align::right);
  columns.add("allocations", Align::right);
  columns.add("allocated", Align::right);
  columns.add("temporaries", Align::right, temporaries);
  columns.add("takes", Align::left, profile.targets.size() > 1);
  for (const TargetProfile& target : profile.targets) {
    columns.add_row({{name(target.target)},
                     {seconds_text(target.loop_s)},
                     {target.max_rss_bytes ? format_bytes(*target.max_rss_bytes) : kUnknown},
                     {format_significant(target.allocations, 3)},
                     {format_bytes(static_cast<std::uint64_t>(target.allocated_bytes))},
                     {target.temporary_bytes ? format_bytes(*target.temporary_bytes) : kUnknown},
                     {target.ratio ? ratio_text(*target.ratio) : target.target == profile.baseline ? "baseline" : kUnknown}});
  }
  return columns.table;
}

Table operations_table(const Profile& profile, const TargetProfile& target, NameStyle name, bool narrow) {
  const TargetProfile* baseline = baseline_of(profile);
  const bool compared = baseline && baseline != &target, bounds = any_bound(target);
  Columns columns;
  columns.add("operation", Align::left);
  columns.add("pass", Align::left);
  columns.add("bytes", Align::right, !narrow);
  columns.add("baseline", Align::right, compared);
  columns.add("baseline bound %", Align::right, compared && bounds && !narrow);
  columns.add("time", Align::right);
  columns.add("share %", Align::right);
  columns.add("rate", Align::right);
  columns.add("bound %", Align::right, bounds);
  columns.add("extra", Align::right, compared);
  columns.add("takes", Align::left, compared);
  for (const std::size_t i : target.order) {
    const ProfiledOperation& operation = profile.operations[i];
    const OperationProfile& seen = target.operations[i];
    const OperationProfile base = compared ? baseline->operations[i] : OperationProfile();
    columns.add_row({{name(operation.name)},
                     {pass_text(operation)},
                     {bytes_text(operation.bytes)},
                     {seconds_text(base.seconds)},
                     {share_text(base.share_of_bound)},
                     {seconds_text(seen.seconds)},
                     {share_text(seen.share)},
                     {rate_text(operation, seen)},
                     {share_text(seen.share_of_bound)},
                     {extra_text(seen.extra_s), tone_of_extra(seen)},
                     {seen.ratio ? ratio_text(*seen.ratio) : kUnknown}});
  }
  return columns.table;
}

std::string operations_title(const Profile& profile, const TargetProfile& target, NameStyle name) {
  if (target.target == profile.baseline || !baseline_of(profile)) return name(target.target) + ", sorted by time";
  return name(target.target) + ", sorted by what an operation takes more than on " + name(profile.baseline);
}

std::vector<std::string> profiling_costs(const Profile& profile, NameStyle name) {
  std::vector<std::string> texts;
  for (const TargetProfile& target : profile.targets) {
    if (!target.observing) continue;
    const Estimate& cost = *target.observing;
    const std::string interval = cost.half_width ? " [" + percent(cost.low()) + ", " + percent(cost.high()) + "]"
                                                 : " (" + counted(cost.blocks, "block") + ", no interval)";
    const std::string expected = "observing the operations " + every_text(target.observe_every) + " should cost " +
                                 percent(1 + target.expected_cost) + " %";
    // Looking takes time: an interval that excludes this is of something else that changed from slot to slot.
    if (cost.half_width && cost.high() < 1) {
      texts.push_back("what profiling itself cost on " + name(target.target) + " cannot be told: observed slots took " +
                      percent(cost.ratio()) + " %" + interval + ", which is noise; " + expected);
      continue;
    }
    texts.push_back("profiling itself cost " + percent(cost.ratio()) + " %" + interval + " on " + name(target.target) +
                    ", where " + expected);
  }
  return texts;
}

}  // namespace m1bench

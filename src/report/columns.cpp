// SPDX-License-Identifier: Apache-2.0
#include "report/columns.hpp"

#include <algorithm>

namespace m1bench {
namespace {

struct FieldRow {
  Field field;
  const char* title;
  Align align;
  bool of_case;  // told once a case, not once a target
};

constexpr FieldRow kFields[] = {
    {Field::name, "case", Align::left, true},
    {Field::baseline, "baseline", Align::right, true},
    {Field::rate, "rate", Align::right, true},
    {Field::baseline_share, "% of bound", Align::right, true},
    {Field::target, "target", Align::left, false},
    {Field::time, "time", Align::right, false},
    {Field::share, "% of bound", Align::right, false},
    {Field::ratio, "against the baseline", Align::left, false},
    {Field::verdict, "verdict", Align::left, false},
    {Field::instructions, "instructions x", Align::right, false},
    {Field::energy, "energy x", Align::right, false},
    {Field::noise_floor, "noise floor", Align::right, true},
};

const FieldRow& row_of(Field field) { return kFields[static_cast<std::size_t>(field)]; }

Cell case_cell(const CaseSummary& item, Field field, NameStyle name) {
  if (field == Field::name) return {name(item.name)};
  if (field == Field::rate) return {rate_text(item.rate_unit, item.baseline)};
  if (field == Field::baseline_share) return {share_text(item.baseline)};
  if (field == Field::noise_floor) return {noise_floor_text(item)};
  return {time_text(item.baseline)};
}

Cell target_cell(const CaseSummary& item, const TargetSummary& other, Field field, bool quick, NameStyle name) {
  switch (field) {
    case Field::target: return {name(other.target)};
    case Field::time: return {time_text(other)};
    case Field::share: return {share_text(other)};
    case Field::instructions: return {counter_text(other.instructions_ratio)};
    case Field::energy: return {counter_text(other.energy_ratio)};
    case Field::ratio: return {ratio_or_reason(item, other), other.ratio ? Tone::plain : tone_of(other)};
    default: return {verdict_text(other, quick), tone_of(other)};
  }
}

}  // namespace

Tone tone_of(const TargetSummary& target) {
  if (target.outcome == Outcome::wrong || target.outcome == Outcome::failed) return Tone::bad;
  if (!target.verdict || *target.verdict == Verdict::unsure) return Tone::doubtful;
  if (*target.verdict == Verdict::same) return Tone::plain;
  return *target.verdict == Verdict::faster ? Tone::good : Tone::bad;
}

std::vector<Field> all_fields(const Summary& summary) {
  std::vector<Field> fields = {Field::name, Field::baseline, Field::rate};
  if (summary.bounded) fields.push_back(Field::baseline_share);
  if (summary.others.size() > 1) fields.push_back(Field::target);
  if (!summary.others.empty()) {
    fields.push_back(Field::time);
    if (summary.bounded) fields.push_back(Field::share);
    fields.insert(fields.end(), {Field::ratio, Field::verdict});
    if (summary.counts_instructions) fields.push_back(Field::instructions);
    if (summary.counts_energy) fields.push_back(Field::energy);
  }
  if (summary.controlled) fields.push_back(Field::noise_floor);
  return fields;
}

Table results_table(const Summary& summary, std::span<const Field> fields, NameStyle name) {
  Table table;
  for (const Field field : fields) table.columns.push_back({row_of(field).title, row_of(field).align});
  for (const CaseSummary& item : summary.cases) {
    for (std::size_t i = 0; i < std::max<std::size_t>(1, item.others.size()); ++i) {
      auto& row = table.rows.emplace_back();
      for (const Field field : fields) {
        if (row_of(field).of_case) {
          row.push_back(i == 0 ? case_cell(item, field, name) : Cell{});
        } else {
          row.push_back(target_cell(item, item.others[i], field, summary.quick, name));
        }
      }
    }
  }
  return table;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "report/records.hpp"

#include "report/wording.hpp"

namespace m1bench {
namespace {

template <class T>
Value known(const std::optional<T>& value) {
  return value ? Value(*value) : Value();
}

Value bound_of_interval(const TargetSummary& target, double (Estimate::*bound)() const) {
  return target.ratio && target.ratio->half_width ? Value(((*target.ratio).*bound)()) : Value();
}

using CaseRow = const CaseSummary&;
using TargetRow = const TargetSummary&;

constexpr RecordColumn kColumns[] = {
    {"case", [](const Summary&, CaseRow item, TargetRow) { return Value(item.name); }},
    {"target", [](const Summary&, CaseRow, TargetRow target) { return Value(target.target); }},
    {"baseline", [](const Summary& summary, CaseRow, TargetRow) { return Value(summary.baseline); }},
    {"status", [](const Summary&, CaseRow, TargetRow target) { return Value(std::string(name_of(target.outcome))); }},
    {"time_s", [](const Summary&, CaseRow, TargetRow target) { return known(target.loop_s); }},
    {"rate_per_s", [](const Summary&, CaseRow, TargetRow target) { return known(target.rate); }},
    {"rate_unit",
     [](const Summary&, CaseRow item, TargetRow target) {
       return target.rate ? Value(std::string(unit_noun(item.rate_unit))) : Value();
     }},
    {"ratio", [](const Summary&, CaseRow, TargetRow target) { return target.ratio ? Value(target.ratio->ratio()) : Value(); }},
    {"ratio_low", [](const Summary&, CaseRow, TargetRow target) { return bound_of_interval(target, &Estimate::low); }},
    {"ratio_high", [](const Summary&, CaseRow, TargetRow target) { return bound_of_interval(target, &Estimate::high); }},
    {"blocks",
     [](const Summary&, CaseRow, TargetRow target) {
       return Value(static_cast<std::uint64_t>(target.ratio ? target.ratio->blocks : target.blocks));
     }},
    {"verdict",
     [](const Summary&, CaseRow, TargetRow target) {
       return target.verdict ? Value(std::string(name_of(*target.verdict))) : Value();
     }},
    {"quick", [](const Summary& summary, CaseRow, TargetRow) { return Value(summary.quick); }},
    {"cause", [](const Summary&, CaseRow, TargetRow target) { return Value(target.cause); }},
    {"remedy", [](const Summary&, CaseRow, TargetRow target) { return Value(target.remedy); }},
    {"max_rss_bytes", [](const Summary&, CaseRow, TargetRow target) { return known(target.max_rss_bytes); }},
    {"allocated_bytes", [](const Summary&, CaseRow, TargetRow target) { return known(target.allocated_bytes); }},
    {"share_of_bound", [](const Summary&, CaseRow, TargetRow target) { return known(target.share_of_bound); }},
    {"loop_instructions", [](const Summary&, CaseRow, TargetRow target) { return known(target.loop_instructions); }},
    {"loop_energy_j", [](const Summary&, CaseRow, TargetRow target) { return known(target.loop_energy_j); }},
    {"instructions_ratio", [](const Summary&, CaseRow, TargetRow target) { return known(target.instructions_ratio); }},
    {"energy_ratio", [](const Summary&, CaseRow, TargetRow target) { return known(target.energy_ratio); }},
};

}  // namespace

std::span<const RecordColumn> record_columns() { return kColumns; }

}  // namespace m1bench

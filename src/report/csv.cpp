// SPDX-License-Identifier: Apache-2.0
#include "report/csv.hpp"

#include <fmt/format.h>

#include "m1bench/core/text.hpp"
#include "report/escape.hpp"
#include "report/records.hpp"

namespace m1bench {
namespace {

struct FieldText {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const std::string& text) const { return escape_csv(text); }
  // Nine digits are beyond any measurement, and the same whichever libm took the logarithms.
  std::string operator()(double number) const { return fmt::format("{:.9g}", number); }
  std::string operator()(std::uint64_t number) const { return std::to_string(number); }
  std::string operator()(bool yes) const { return yes ? "yes" : "no"; }
};

std::string record(const Summary& summary, const CaseSummary& item, const TargetSummary& target) {
  std::vector<std::string> fields;
  for (const RecordColumn& column : record_columns()) {
    fields.push_back(std::visit(FieldText(), column.value(summary, item, target)));
  }
  return join(fields, ",") + "\n";
}

}  // namespace

std::string csv_report(const Run& run) {
  const Summary summary = summarise(run);
  std::vector<std::string> names;
  for (const RecordColumn& column : record_columns()) names.emplace_back(column.name);
  std::string text = join(names, ",") + "\n";
  for (const CaseSummary& item : summary.cases) {
    text += record(summary, item, item.baseline);
    for (const TargetSummary& other : item.others) text += record(summary, item, other);
  }
  return text;
}

}  // namespace m1bench

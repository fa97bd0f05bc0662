// SPDX-License-Identifier: Apache-2.0
#include "report/lines_json.hpp"

#include "report/json_values.hpp"
#include "report/records.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

struct FieldJson {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(double number) const { return nine_digits(number); }
  template <class T>
  Json operator()(const T& value) const {
    return value;
  }
};

}  // namespace

std::string lines_json(const Run& run) {
  const Summary summary = summarise(run);
  const Json of_run = {{"schema", "m1bench-line"},     {"schema_version", 1},
                       {"time", run.session.started},  {"session", run.session.id},
                       {"tool_version", run.tool.version}, {"machine", machine_text(run)}};
  std::string text;
  const auto add = [&](const CaseSummary& item, const TargetSummary& target) {
    Json line = of_run;
    for (const RecordColumn& column : record_columns()) {
      line[std::string(column.name)] = std::visit(FieldJson(), column.value(summary, item, target));
    }
    text += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  };
  for (const CaseSummary& item : summary.cases) {
    add(item, item.baseline);
    for (const TargetSummary& other : item.others) add(item, other);
  }
  return text;
}

}  // namespace m1bench

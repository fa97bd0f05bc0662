// SPDX-License-Identifier: Apache-2.0
#include "report/doctor_json.hpp"

#include "report/json_values.hpp"
#include "result/json_fields.hpp"

namespace m1bench {
namespace {

// As in a run file, of which a diagnosis has the first half: what the machine is, and how it is now.
Json machine_json(const Machine& machine) {
  Json document = FieldWriter<Json>::write(machine);
  document["now"] = std::move(document["before"]);
  document.erase("before");
  document.erase("after");
  return document;
}

Json slice_json(const DoctorSlice& slice) {
  return {{"name", slice.name}, {"path", slice.path ? Json(*slice.path) : Json(nullptr)}};
}

Json diagnosis_json(const Diagnosis& diagnosis) {
  return {{"severity", name_of(diagnosis.severity)},
          {"code", diagnosis.code},
          {"target", diagnosis.target.empty() ? Json(nullptr) : Json(diagnosis.target)},
          {"message", diagnosis.message},
          {"remedy", diagnosis.remedy}};
}

}  // namespace

std::string doctor_json(const DoctorFacts& facts, std::span<const Diagnosis> found) {
  Json findings = Json::array();
  for (const Diagnosis& diagnosis : found) findings.push_back(diagnosis_json(diagnosis));
  const auto target_json = [](const DoctorTarget& entry) { return FieldWriter<Json>::write(entry.target); };
  return text_of({{"schema", "m1bench-doctor"},
                  {"schema_version", 1},
                  {"outcome", found.empty() ? "fine" : name_of(found.front().severity)},
                  {"tool", FieldWriter<Json>::write(facts.tool)},
                  {"machine", machine_json(facts.machine)},
                  {"slices", array_of(facts.slices, slice_json)},
                  {"targets", array_of(facts.targets, target_json)},
                  {"findings", std::move(findings)}});
}

}  // namespace m1bench

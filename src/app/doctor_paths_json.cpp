// SPDX-License-Identifier: Apache-2.0
#include "app/doctor_paths_json.hpp"

#include <nlohmann/json.hpp>

namespace m1bench {
namespace {

using Json = nlohmann::ordered_json;

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json program_json(const AuditedProgram& program) {
  return {{"path", program.path}, {"leads_to", program.leads_to}, {"architectures", program.architectures}};
}

Json file_json(const ListedFile& file) {
  Json slices = Json::array();
  for (const ExecutableSlice& slice : file.holds.slices) {
    slices.push_back({{"architecture", slice.arch},
                      {"kind", name_of(slice.kind)},
                      {"bits", slice.bits},
                      {"minos", or_null(slice.minos)},
                      {"signed", or_null(slice.is_signed)},
                      {"imports", slice.imports},
                      {"damage", slice.reason}});
  }
  return {{"path", file.path},
          {"format", name_of(file.holds.format)},
          {"kind", name_of(file.holds.kind)},
          {"damage", file.holds.reason},
          {"slices", slices}};
}

Json finding_json(const AuditFinding& finding) {
  return {{"severity", finding.severity == AuditSeverity::problem ? "problem" : "note"},
          {"code", finding.code},
          {"subject", finding.subject},
          {"cause", finding.cause},
          {"remedy", finding.remedy},
          {"files", finding.files},
          {"first", finding.first}};
}

Json contents_json(const PathReport& report) {
  Json pythons = Json::array(), apps = Json::array(), packages = Json::array(), binaries = Json::array(), skipped = Json::array();
  for (const AuditedPython& python : report.audit.pythons) {
    pythons.push_back({{"folder", python.folder},
                       {"library", python.library},
                       {"interpreter", python.interpreter ? program_json(*python.interpreter) : Json(nullptr)},
                       {"packages", python.packages},
                       {"binaries", python.modules}});
  }
  for (const AuditedProgram& app : report.audit.apps) apps.push_back(program_json(app));
  for (const Distribution& one : report.listing.distributions) {
    packages.push_back({{"folder", one.folder}, {"name", one.name}, {"version", one.version}, {"tags", one.tags}});
  }
  for (const ListedFile& file : report.listing.binaries) binaries.push_back(file_json(file));
  for (const SkippedPath& one : report.listing.skipped) skipped.push_back({{"path", one.path}, {"reason", one.reason}});
  return {{"pythons", pythons}, {"apps", apps}, {"packages", packages}, {"binaries", binaries}, {"skipped", skipped}};
}

Json path_json(const PathReport& report) {
  if (!report.error.empty()) return {{"path", report.path}, {"error", report.error}};
  Json findings = Json::array(), architectures = Json::object();
  for (const AuditFinding& finding : report.audit.findings) findings.push_back(finding_json(finding));
  for (const auto& [content, files] : report.audit.by_content) architectures[content] = files;
  Json document{{"path", report.path},
                {"problem", report.audit.problem()},
                {"files", report.listing.files},
                {"folders", report.listing.folders},
                {"complete", !report.listing.cut},
                {"links", report.listing.links.size()},
                {"links_out", report.audit.links_out},
                {"machine_code", architectures},
                {"findings", findings}};
  document.update(contents_json(report));
  return document;
}

}  // namespace

std::string doctor_paths_json(std::span<const PathReport> reports) {
  Json paths = Json::array();
  for (const PathReport& report : reports) paths.push_back(path_json(report));
  return Json{{"paths", paths}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "app/doctor_paths.hpp"

#include "app/console.hpp"
#include "app/doctor_paths_json.hpp"
#include "app/doctor_paths_text.hpp"
#include "app/exit_code.hpp"
#include "audit/collect.hpp"
#include "platform/host.hpp"

namespace m1bench {

int doctor_paths(const std::vector<std::string>& paths, bool json) {
  const HostFacts facts = host_facts();
  const AuditHost host = audit_host(facts.os, facts.arch);
  std::vector<PathReport> reports;
  ExitCode worst = ExitCode::fine;
  for (const std::string& path : paths) {
    PathReport report{path, {}, {}, ""};
    try {
      report.listing = collect(path);
      report.audit = audit(report.listing, host);
      if (report.audit.problem()) worst = most_important({worst, ExitCode::problem_found});
    } catch (const Error& error) {
      report.error = error.what();
      complain(report.error);
      worst = most_important({worst, exit_code_of(error.kind())});
    }
    if (!json && report.error.empty()) print(doctor_paths_text(report));
    if (json) reports.push_back(std::move(report));
  }
  if (json) print(doctor_paths_json(reports));
  return leave(worst);
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "audit/audit.hpp"
#include "audit/finding.hpp"
#include "audit/listing.hpp"

// What can be said of files whatever uses them, and of app bundles. Pure.
namespace m1bench {

// Code that no macOS of today runs, arm64 code without a signature, and damaged files; grouped by folder. `judged` are the
// files that an environment's findings speak of already. Of a program that was named itself also, whether it needs Rosetta.
void judge_files(const Listing& listing, const std::set<std::string>& judged, const AuditHost& host,
                 std::vector<AuditFinding>& findings);

// A note on a program for macOS that holds x86_64 code and no arm64, unless the machine is known to have no need of Rosetta.
void judge_translation(const std::string& subject, const ListedFile& program, const AuditHost& host,
                       std::vector<AuditFinding>& findings);

// The main program of each .app, and the libraries in it that cannot be loaded into it.
std::vector<AuditedProgram> judge_apps(const Listing& listing, const std::set<std::string>& judged, const AuditHost& host,
                                       std::vector<AuditFinding>& findings);

}  // namespace m1bench

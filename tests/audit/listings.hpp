// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "audit/audit.hpp"
#include "audit/listing.hpp"
#include "support/executables.hpp"

// Listings without files.
namespace m1bench {

inline const std::string kSite = "lib/python3.11/site-packages/";

inline ListedFile listed(const std::string& path, const std::string& bytes) {
  return {path, read_executable(bytes, bytes.size())};
}
inline ListedFile module_of(const std::string& path, std::uint32_t cpu_type) {
  return listed(kSite + path, mach_o_file(cpu_type));
}
inline ListedFile program_of(const std::string& path, std::uint32_t cpu_type) {
  return listed(path, mach_o_file(cpu_type, kMachProgram));
}
inline std::string universal_program() {
  return fat_file({kMachX86_64, kMachArm64}, {mach_o_file(kMachX86_64, kMachProgram), mach_o_file(kMachArm64, kMachProgram)});
}

inline Listing listing_of(std::vector<ListedFile> files, std::vector<Distribution> distributions = {}) {
  Listing listing;
  listing.path = "venv";
  listing.root = "/home/me/venv";
  std::sort(files.begin(), files.end(), [](const ListedFile& a, const ListedFile& b) { return a.path < b.path; });
  listing.binaries = std::move(files);
  listing.distributions = std::move(distributions);
  return listing;
}

// "problem architecture numpy", one line for each finding.
inline std::string brief(const Audit& result) {
  std::string text;
  for (const AuditFinding& finding : result.findings) {
    text += (finding.severity == AuditSeverity::problem ? "problem " : "note ") + finding.code + " " + finding.subject + "\n";
  }
  return text;
}

}  // namespace m1bench

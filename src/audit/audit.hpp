// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/finding.hpp"
#include "audit/listing.hpp"

namespace m1bench {

// The machine it is judged for, as far as it is known: a Mac's folder may be looked at from Linux.
struct AuditHost {
  std::optional<bool> apple_silicon;
  std::optional<int> macos;  // 15 of "macOS 15.6.1"
};
AuditHost audit_host(const std::string& os, const std::string& arch);  // as HostFacts has them

struct AuditedProgram {
  std::string path, leads_to;  // below the root; what a link has as its text, else ""
  std::vector<std::string> architectures;
};

struct AuditedPython {
  std::string folder;   // below the root; "" is the root itself
  std::string library;  // "python3.11": the folder of its modules, where it has that name
  std::optional<AuditedProgram> interpreter;
  std::size_t packages = 0, modules = 0;  // distributions; files of machine code
};

struct Audit {
  std::vector<AuditedPython> pythons;
  std::vector<AuditedProgram> apps;               // the main program of each app bundle
  std::map<std::string, std::size_t> by_content;  // "Mach-O arm64 x86_64" -> files
  std::size_t links_out = 0;                      // links that lead out of the tree
  std::vector<AuditFinding> findings;                  // problems first
  bool problem() const;
};

// What the findings of a walk mean: which mixes of architectures cannot work, and why. Pure.
Audit audit(const Listing& listing, const AuditHost& host);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/audit.hpp"
#include "audit/code.hpp"
#include "audit/finding.hpp"
#include "audit/listing.hpp"

// Pythons and what is installed in them. Pure; everything here points into the listing, which must outlive it.
namespace m1bench {

struct PythonModule {
  const ListedFile* file = nullptr;
  std::string package;                  // "numpy", or "the standard library"
  const Distribution* wheel = nullptr;  // whose RECORD names it
};

// One interpreter with its libraries: a virtual environment, an installation, or a bare site-packages.
struct Python {
  std::string folder, library;  // as in AuditedPython
  std::optional<AuditedProgram> interpreter;
  std::optional<Code> code;           // of the interpreter; nothing where it is not in the listing or not readable
  std::string broken;                 // where the interpreter's link leads in vain
  std::vector<PythonModule> modules;  // by path
  std::vector<const Distribution*> distributions;
};
std::vector<Python> pythons_in(const Listing& listing);

// What of it cannot work.
void judge_python(const Python& python, const AuditHost& host, std::vector<AuditFinding>& findings);
void judge_wheels(const Python& python, std::vector<AuditFinding>& findings);
void judge_tensorflow(const Python& python, const AuditHost& host, std::vector<AuditFinding>& findings);

}  // namespace m1bench

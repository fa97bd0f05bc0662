// SPDX-License-Identifier: Apache-2.0
#include "audit/files.hpp"

#include <algorithm>

#include "audit/code.hpp"

namespace m1bench {
namespace {

// The first two folders of a path: near enough to tell where to look, far enough not to list each file.
std::string folder_of(const std::string& path) {
  const std::size_t last = path.rfind('/');
  if (last == std::string::npos) return ".";
  const std::size_t second = path.find('/', path.find('/') + 1);
  return path.substr(0, std::min(second, last));
}

bool lacks_signature(const ListedFile& file) {
  const auto is_bare = [](const ExecutableSlice& slice) { return slice.arch.starts_with("arm64") && slice.is_signed == false; };
  return (is_loaded(file.holds) || is_program(file.holds)) &&
         std::any_of(file.holds.slices.begin(), file.holds.slices.end(), is_bare);
}

// "" if nothing is wrong with it.
std::string damage(const ListedFile& file) {
  if (!file.holds.reason.empty()) return file.holds.reason;
  for (const ExecutableSlice& slice : file.holds.slices) {
    if (!slice.reason.empty()) return "its " + slice.arch + " slice: " + slice.reason;
  }
  return "";
}

}  // namespace

void judge_translation(const std::string& subject, const ListedFile& program, const AuditHost& host,
                       std::vector<AuditFinding>& findings) {
  const Code code = code_of(program.holds);
  if (code.system != System::macos || !code.has("x86_64") || code.has("arm64") || host.apple_silicon == false) return;
  findings.push_back({AuditSeverity::note, "rosetta", subject,
                      program.path +
                          " holds x86_64 and no arm64: on Apple silicon it runs under Rosetta 2, which macOS 27 removes on " +
                          "upgrade and macOS 28 ends for most programs",
                      "get an arm64 or universal build", 1, program.path});
}

void judge_files(const Listing& listing, const std::set<std::string>& judged, const AuditHost& host,
                 std::vector<AuditFinding>& findings) {
  Groups<ListedFile> dead, bare, damaged;
  for (const ListedFile& file : listing.binaries) {
    if (lacks_signature(file)) bare[folder_of(file.path)].add(file);
    if (judged.contains(file.path)) continue;
    if (!damage(file).empty()) damaged[folder_of(file.path)].add(file);
    if (code_of(file.holds).is_dead() && (is_loaded(file.holds) || is_program(file.holds))) dead[folder_of(file.path)].add(file);
  }
  for (const auto& [folder, group] : dead) {
    findings.push_back(
        {AuditSeverity::problem, "too-old", folder,
         group.first->path + " holds " + held_by(code_of(group.first->holds)) + ", which macOS 10.15 and later do not run",
         "get a build for x86_64 or arm64", group.files, group.first->path});
  }
  for (const auto& [folder, group] : bare) {
    findings.push_back(
        {AuditSeverity::problem, "unsigned", folder,
         group.first->path + " holds arm64 code without a signature, which Apple silicon refuses to run (\"Killed: 9\")",
         "codesign -s - -f " + group.first->path, group.files, group.first->path});
  }
  if (!listing.is_folder && listing.binaries.size() == 1 && is_program(listing.binaries.front().holds)) {
    judge_translation(listing.binaries.front().path, listing.binaries.front(), host, findings);
  }
  // Whether anything uses a damaged file is unknown, unless it was named itself.
  for (const auto& [folder, group] : damaged) {
    findings.push_back({listing.is_folder ? AuditSeverity::note : AuditSeverity::problem, "damaged", folder,
                        group.first->path + " is damaged: " + damage(*group.first), "install it again", group.files,
                        group.first->path});
  }
}

}  // namespace m1bench

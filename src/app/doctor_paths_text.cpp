// SPDX-License-Identifier: Apache-2.0
#include "app/doctor_paths_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "m1bench/core/text.hpp"
#include "report/escape.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

std::string program_words(const AuditedProgram& program) {
  const std::string leads = program.leads_to.empty() ? "" : " -> " + program.leads_to;
  return program.path + leads + ": " + (program.architectures.empty() ? "not known" : join_words(program.architectures));
}

std::string python_words(const AuditedPython& python) {
  const std::string library = python.library.empty() ? "" : " " + python.library.substr(std::string_view("python").size());
  const std::string folder = library + (python.folder.empty() ? "" : " in " + python.folder);
  const std::string interpreter = python.interpreter ? program_words(*python.interpreter) : "its interpreter lies elsewhere";
  return fmt::format("Python{}: {}; {}, {} of machine code", folder, interpreter, counted(python.packages, "package"),
                     counted(python.modules, "file"));
}

std::string slice_words(const ExecutableSlice& slice) {
  std::string text = slice.arch;
  if (slice.minos) text += ", macOS " + *slice.minos;
  if (slice.is_signed) text += *slice.is_signed ? ", signed" : ", not signed";
  if (!slice.reason.empty()) text += ", damaged: " + slice.reason;
  return text;
}

std::string file_words(const ListedFile& file) {
  std::string text = fmt::format("{}: {} {}", file.path, name_of(file.holds.format), name_of(file.holds.kind));
  std::string slices;
  for (const ExecutableSlice& slice : file.holds.slices) slices += (slices.empty() ? " (" : "; ") + slice_words(slice);
  return text + slices + (slices.empty() ? "" : ")");
}

void add_line(std::string& text, const std::string& line) { text += "  " + escape_terminal(line) + "\n"; }

void add_contents(const PathReport& report, std::string& text) {
  constexpr std::size_t kFewFiles = 10;
  for (const AuditedPython& python : report.audit.pythons) add_line(text, python_words(python));
  for (const AuditedProgram& app : report.audit.apps) add_line(text, "app: " + program_words(app));
  if (report.listing.binaries.size() <= kFewFiles) {
    for (const ListedFile& file : report.listing.binaries) add_line(text, file_words(file));
  } else {
    std::vector<std::string> contents;
    for (const auto& [content, files] : report.audit.by_content) contents.push_back(fmt::format("{} {}", files, content));
    add_line(text, "machine code: " + join(contents, ", "));
  }
}

void add_unseen(const PathReport& report, std::string& text) {
  constexpr std::size_t kShown = 3;
  if (report.audit.links_out > 0) add_line(text, counted(report.audit.links_out, "link") + " out of the folder, not followed");
  const std::vector<SkippedPath>& skipped = report.listing.skipped;
  std::vector<std::string> some;
  for (std::size_t i = 0; i < std::min(skipped.size(), kShown); ++i)
    some.push_back(skipped[i].path + " (" + skipped[i].reason + ")");
  if (skipped.size() > kShown) some.push_back(fmt::format("{} more", skipped.size() - kShown));
  if (!some.empty()) add_line(text, "skipped: " + join(some, ", "));
  if (report.listing.cut) add_line(text, "there is more than is looked at in one folder: name a part of it");
}

}  // namespace

std::string doctor_paths_text(const PathReport& report) {
  const Listing& listing = report.listing;
  std::string text = escape_terminal(report.path);
  if (listing.is_folder)
    text += fmt::format(": {} in {}, {} of machine code", counted(listing.files, "file"), counted(listing.folders, "folder"),
                        listing.binaries.size());
  text += "\n";
  add_contents(report, text);
  add_unseen(report, text);
  for (const AuditFinding& finding : report.audit.findings) {
    const std::string count = finding.files > 1 ? fmt::format(" ({} such files)", finding.files) : "";
    text += fmt::format("\n{} {}: {}{}\n", finding.severity == AuditSeverity::problem ? "problem" : "note   ",
                        escape_terminal(finding.subject), escape_terminal(finding.cause), count);
    if (!finding.remedy.empty()) text += "        " + escape_terminal(finding.remedy) + "\n";
  }
  if (report.audit.findings.empty()) text += listing.binaries.empty() ? "  no machine code\n" : "  nothing that cannot work\n";
  return text;
}

}  // namespace m1bench

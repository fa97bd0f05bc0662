// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "audit/code.hpp"
#include "audit/files.hpp"

namespace m1bench {
namespace {

// "Applications/X.app" of a path in it, the innermost one; "" outside of any. Where the root itself is an app, its own name
// stands before the path.
std::string app_of(const std::string& path) {
  constexpr std::string_view kInside = ".app/Contents/";
  const std::size_t at = path.rfind(kInside);
  return at == std::string::npos ? "" : path.substr(0, at + 4);
}

std::string name_in(const std::string& path) { return path.substr(path.rfind('/') + 1); }

struct App {
  const ListedFile* program = nullptr;
  bool of_its_name = false;
  std::vector<const ListedFile*> libraries;
};

// The one named like the app, else the first.
void add_program(const std::string& app, const ListedFile& file, App& found) {
  const bool of_its_name = name_in(app) == name_in(file.path) + ".app";
  if (found.program && (found.of_its_name || !of_its_name)) return;
  found.program = &file;
  found.of_its_name = of_its_name;
}

std::map<std::string, App> apps_in(const Listing& listing, const std::set<std::string>& judged) {
  std::map<std::string, App> apps;
  for (const ListedFile& file : listing.binaries) {
    const std::string path = listing.root + "/" + file.path, app = app_of(path);
    if (app.empty() || judged.contains(file.path)) continue;
    const std::string folder = path.substr(app.size(), path.rfind('/') - app.size());
    if (is_program(file.holds) && folder == "/Contents/MacOS") add_program(app, file, apps[app]);
    if (is_loaded(file.holds) && file.holds.format != ExecutableFormat::elf) apps[app].libraries.push_back(&file);
  }
  return apps;
}

void judge_libraries(const std::string& name, const App& app, std::vector<AuditFinding>& findings) {
  const Code own = code_of(app.program->holds);
  Group<ListedFile> foreign;
  for (const ListedFile* library : app.libraries) {
    if (!code_of(library->holds).shares_with(own)) foreign.add(*library);
  }
  if (foreign.files == 0) return;
  findings.push_back({AuditSeverity::problem, "architecture", name,
                      name_in(app.program->path) + " runs " + held_by(own) + "; " + foreign.first->path + " holds " +
                          held_by(code_of(foreign.first->holds)) + ": it cannot be loaded ('incompatible architecture')",
                      "install the app again, or get a universal build of what it lacks", foreign.files, foreign.first->path});
}

}  // namespace

std::vector<AuditedProgram> judge_apps(const Listing& listing, const std::set<std::string>& judged, const AuditHost& host,
                                       std::vector<AuditFinding>& findings) {
  std::vector<AuditedProgram> programs;
  for (const auto& [path, app] : apps_in(listing, judged)) {
    if (!app.program) continue;
    const std::string name = name_in(path);
    AuditedProgram program{app.program->path, "", {}};
    for (const ExecutableSlice& slice : app.program->holds.slices) program.architectures.push_back(slice.arch);
    programs.push_back(program);
    judge_translation(name, *app.program, host, findings);
    judge_libraries(name, app, findings);
  }
  return programs;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "audit/python.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

constexpr const char* kOtherPython = "; or use a Python of their architecture";

// What becomes of a module in a process of this code.
enum class Fit { fits, damaged, other_system, other_architecture, not_by_default };

// What a Mac starts a universal interpreter as, unless it is told otherwise.
const char* usual_of(const AuditHost& host) { return host.apple_silicon == false ? "x86_64" : "arm64"; }

Fit fit_of(const ListedFile& file, const Code& interpreter, const AuditHost& host) {
  if (file.holds.slices.empty()) return Fit::damaged;
  const Code code = code_of(file.holds);
  if (code.system != interpreter.system) return Fit::other_system;
  if (!code.shares_with(interpreter)) return Fit::other_architecture;
  const std::string usual = usual_of(host);
  return interpreter.has(usual) && !code.has(usual) ? Fit::not_by_default : Fit::fits;
}

// "a/x" of "a/x.cpython-311-darwin.so": two files of one module, of which one that fits is enough.
std::string module_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return path.substr(0, path.find('.', slash == std::string::npos ? 0 : slash));
}

std::string interpreter_name(const Python& python) {
  const std::string& path = python.interpreter->path;
  return path.substr(path.find_last_of('/') + 1);
}

std::string wheel_words(const PythonModule& module) {
  if (!module.wheel || module.wheel->tags.empty()) return "";
  return " (its wheel: " + module.wheel->tags.front() + ")";
}

std::string why(Fit fit, const Python& python, const AuditHost& host, const Code& code, const std::string& path) {
  const std::string name = interpreter_name(python), holds = path + " holds " + held_by(code);
  const Code& own = *python.code;
  switch (fit) {
    case Fit::damaged:
      return path + " is damaged";
    case Fit::other_system:
      return holds + ", for " + name_of(code.system) + ", and " + name + " is a program for " + name_of(own.system) +
             ": import will fail";
    case Fit::other_architecture:
      return name + " runs " + join_words(own.architectures) + "; " + holds + ": import will fail" +
             (own.system == System::macos ? " with 'incompatible architecture'" : "");
    case Fit::not_by_default:
      return std::string(host.apple_silicon == false ? "an Intel Mac" : "Apple silicon") + " starts " + name + " as " +
             usual_of(host) + "; " + holds + ": import will fail with 'incompatible architecture'" +
             (host.apple_silicon == false ? "" : ", unless Python is started by `arch -x86_64`");
    case Fit::fits:
      break;
  }
  return "";
}

std::string remedy(const Python& python, const PythonModule& module) {
  if (!module.wheel) return "install " + module.package + " again with this " + interpreter_name(python) + kOtherPython;
  return python.interpreter->path + " -m pip install --force-reinstall --no-cache-dir " + module.wheel->name + kOtherPython;
}

void judge_imports(const Python& python, const AuditHost& host, std::vector<AuditFinding>& findings) {
  std::set<std::string> fitting;
  for (const PythonModule& module : python.modules) {
    if (fit_of(*module.file, *python.code, host) == Fit::fits) fitting.insert(module_of(module.file->path));
  }
  std::map<std::pair<std::string, Fit>, Group<PythonModule>> bad, elsewhere;
  for (const PythonModule& module : python.modules) {
    const Fit fit = fit_of(*module.file, *python.code, host);
    const bool loaded = is_loaded(module.file->holds) || fit == Fit::damaged;
    if (fit == Fit::fits || !loaded || fitting.contains(module_of(module.file->path))) continue;
    (is_for_a_named_platform(module.file->path) ? elsewhere : bad)[{module.package, fit}].add(module);
  }
  for (const auto& [key, group] : bad) {
    const ListedFile& first = *group.first->file;
    std::string cause = why(key.second, python, host, code_of(first.holds), first.path) + wheel_words(*group.first);
    if (key.second == Fit::damaged) cause += ": " + first.holds.reason;
    findings.push_back({AuditSeverity::problem, key.second == Fit::damaged ? "damaged" : "architecture", key.first, cause,
                        remedy(python, *group.first), group.files, first.path});
  }
  for (const auto& [key, group] : elsewhere) {
    findings.push_back({AuditSeverity::note, "other-platform", key.first, "carries files for other machines, by their names", "",
                        group.files, group.first->file->path});
  }
}

// Without an interpreter to hold packages to, they are held to each other: to what most of them run as.
void judge_each_other(const Python& python, std::vector<AuditFinding>& findings) {
  std::map<std::pair<System, std::string>, std::set<std::string>> packages;
  for (const PythonModule& module : python.modules) {
    if (!is_loaded(module.file->holds) || is_for_a_named_platform(module.file->path)) continue;
    const Code code = code_of(module.file->holds);
    for (const std::string& architecture : code.architectures) packages[{code.system, architecture}].insert(module.package);
  }
  const auto most = std::max_element(packages.begin(), packages.end(),
                                     [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  if (most == packages.end()) return;
  const Code usual{most->first.first, {most->first.second}};
  Groups<PythonModule> others;
  for (const PythonModule& module : python.modules) {
    const Code code = code_of(module.file->holds);
    const bool counts = is_loaded(module.file->holds) && !is_for_a_named_platform(module.file->path);
    if (counts && !code.shares_with(usual)) others[module.package].add(module);
  }
  for (const auto& [package, group] : others) {
    const ListedFile& first = *group.first->file;
    const Code code = code_of(first.holds);
    findings.push_back({AuditSeverity::problem, "architecture", package,
                        "most packages here hold " + most->first.second + " for " + name_of(usual.system) + "; " + first.path +
                            " holds " + held_by(code) + (code.system != usual.system ? ", for " + name_of(code.system) : "") +
                            ": no one Python can import both" + wheel_words(*group.first),
                        "install all packages with one Python", group.files, first.path});
  }
}

}  // namespace

void judge_python(const Python& python, const AuditHost& host, std::vector<AuditFinding>& findings) {
  if (!python.broken.empty()) {
    findings.push_back({AuditSeverity::problem, "interpreter", python.interpreter->path,
                        python.interpreter->path + " leads to " + python.broken + ", which is not there or cannot be read",
                        "make the environment again, or install that Python", 0, ""});
  }
  if (!python.code) return judge_each_other(python, findings);
  const Code& code = *python.code;
  const std::string& path = python.interpreter->path;
  if (code.is_dead()) {
    findings.push_back({AuditSeverity::problem, "too-old", path,
                        path + " holds " + held_by(code) + ", which macOS 10.15 and later do not run",
                        "install a Python of today", 1, path});
  } else if (code.system == System::macos && !code.has("arm64") && host.apple_silicon != false) {
    findings.push_back({AuditSeverity::note, "rosetta", path,
                        path + " holds " + held_by(code) +
                            ": on Apple silicon all of it runs under Rosetta 2, which macOS 27 removes on upgrade " +
                            "and macOS 28 ends for most programs",
                        "install an arm64 Python and make the environment again", 1, path});
  }
  judge_imports(python, host, findings);
}

}  // namespace m1bench

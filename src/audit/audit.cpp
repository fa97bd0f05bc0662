// SPDX-License-Identifier: Apache-2.0
#include "audit/audit.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include "audit/files.hpp"
#include "audit/python.hpp"

namespace m1bench {
namespace {

// "Mach-O arm64 x86_64"
std::string content_of(const ExecutableFile& file) {
  const Code code = code_of(file);
  if (code.architectures.empty()) return "damaged";
  std::string text = code.system == System::linux ? "ELF" : "Mach-O";
  for (const std::string& architecture : code.architectures) text += " " + architecture;
  return text;
}

// By its text alone, whatever folders on the way are links themselves.
bool leads_out(const ListedLink& link, const std::string& root) {
  const std::filesystem::path target(link.target);
  if (target.is_absolute()) return !(target.lexically_normal().string() + "/").starts_with(root + "/");
  const auto below = (std::filesystem::path(link.path).parent_path() / target).lexically_normal();
  return !below.empty() && *below.begin() == "..";
}

}  // namespace

AuditHost audit_host(const std::string& os, const std::string& arch) {
  constexpr std::string_view kMacos = "macOS ";
  AuditHost host;
  if (!os.starts_with(kMacos)) return host;
  host.apple_silicon = arch == "arm64";
  int version = 0;
  for (std::size_t at = kMacos.size(); at < os.size() && os[at] >= '0' && os[at] <= '9' && version < 1000; ++at)
    version = version * 10 + (os[at] - '0');
  if (version > 0) host.macos = version;
  return host;
}

bool Audit::problem() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const AuditFinding& finding) { return finding.severity == AuditSeverity::problem; });
}

Audit audit(const Listing& listing, const AuditHost& host) {
  Audit result;
  std::set<std::string> judged;
  for (const Python& python : pythons_in(listing)) {
    if (python.code) {
      judged.insert(python.interpreter->path);
      for (const PythonModule& module : python.modules) judged.insert(module.file->path);
    }
    judge_python(python, host, result.findings);
    judge_wheels(python, result.findings);
    judge_tensorflow(python, host, result.findings);
    result.pythons.push_back(
        {python.folder, python.library, python.interpreter, python.distributions.size(), python.modules.size()});
  }
  result.apps = judge_apps(listing, judged, host, result.findings);
  judge_files(listing, judged, host, result.findings);
  for (const ListedFile& file : listing.binaries) ++result.by_content[content_of(file.holds)];
  result.links_out = static_cast<std::size_t>(std::count_if(
      listing.links.begin(), listing.links.end(), [&](const ListedLink& link) { return leads_out(link, listing.root); }));
  std::stable_sort(result.findings.begin(), result.findings.end(), [](const AuditFinding& a, const AuditFinding& b) {
    const auto order = [](const AuditFinding& of) { return std::tuple(of.severity != AuditSeverity::problem, of.subject); };
    return order(a) < order(b);
  });
  return result;
}

}  // namespace m1bench

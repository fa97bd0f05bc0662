// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "audit/python.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

bool is_among(const WheelPlatforms& platforms, const Code& code) {
  const bool system = platforms.systems.empty() ||
                      std::find(platforms.systems.begin(), platforms.systems.end(), code.system) != platforms.systems.end();
  return system && (platforms.architectures.empty() ||
                    std::any_of(code.architectures.begin(), code.architectures.end(), [&](const std::string& one) {
                      return std::find(platforms.architectures.begin(), platforms.architectures.end(), one) !=
                             platforms.architectures.end();
                    }));
}

bool is_tensorflow(const Distribution& distribution) {
  constexpr std::array<std::string_view, 7> kNames{"tensorflow", "tensorflow_macos", "tensorflow_cpu", "tensorflow_intel",
                                                   "tf_nightly", "tf_nightly_cpu",   "tensorflow_gpu"};
  std::string name = distribution.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// What the distribution's machine code for macOS runs as: by its files, else by its tags.
std::vector<std::string> macos_architectures(const Python& python, const Distribution& distribution) {
  std::vector<std::string> found;
  for (const PythonModule& module : python.modules) {
    const Code code = code_of(module.file->holds);
    const bool its_own = module.wheel == &distribution || (!module.wheel && module.package == "tensorflow");
    if (its_own && code.system == System::macos) found.insert(found.end(), code.architectures.begin(), code.architectures.end());
  }
  if (!found.empty()) return found;
  const WheelPlatforms platforms = wheel_platforms(distribution.tags);
  return platforms.systems == std::vector{System::macos} ? platforms.architectures : found;
}

}  // namespace

// A file that says by its name which machine it is for is none the tag promises.
void judge_wheels(const Python& python, std::vector<AuditFinding>& findings) {
  std::map<const Distribution*, Group<ListedFile>> wrong;
  for (const PythonModule& module : python.modules) {
    if (!module.wheel || module.file->holds.slices.empty() || is_for_a_named_platform(module.file->path)) continue;
    const WheelPlatforms platforms = wheel_platforms(module.wheel->tags);
    const bool says_nothing = platforms.any || (platforms.systems.empty() && platforms.architectures.empty());
    if (!says_nothing && !is_among(platforms, code_of(module.file->holds))) wrong[module.wheel].add(*module.file);
  }
  for (const auto& [wheel, group] : wrong) {
    const Code code = code_of(group.first->holds);
    findings.push_back(
        {AuditSeverity::problem, "wheel-tag", wheel->name,
         "its wheel's tag is " + join_words(wheel->tags) + ", but " + group.first->path + " holds " + held_by(code) + " for " +
             name_of(code.system) + ": files of two wheels were mixed, or the wheel was built wrongly",
         "install " + wheel->name + " again, from another source if that does not help", group.files, group.first->path});
  }
}

// x86_64 builds of TensorFlow are compiled with AVX. Rosetta 2 executes that from macOS 15 on, without advertising it.
void judge_tensorflow(const Python& python, const AuditHost& host, std::vector<AuditFinding>& findings) {
  constexpr int kExecutesAvx = 15;
  for (const Distribution* distribution : python.distributions) {
    if (!is_tensorflow(*distribution)) continue;
    const std::vector<std::string> found = macos_architectures(python, *distribution);
    const auto has = [&](const char* name) { return std::find(found.begin(), found.end(), name) != found.end(); };
    // In an arm64 Python its import fails before any of its instructions runs, which is said elsewhere.
    const bool imported = !python.code || (python.code->system == System::macos && python.code->has("x86_64"));
    if (!has("x86_64") || has("arm64") || !imported || host.apple_silicon == false) continue;
    const bool executes = host.macos && *host.macos >= kExecutesAvx;
    findings.push_back({executes ? AuditSeverity::note : AuditSeverity::problem, "tensorflow-avx", distribution->name,
                        distribution->name + " " + distribution->version +
                            " is an x86_64 build that uses AVX: under Rosetta 2 it dies with " +
                            "'illegal hardware instruction' before macOS 15" +
                            (executes ? "; this macOS executes AVX but does not advertise it" : ""),
                        std::string("install an arm64 Python and in it TensorFlow 2.13 or later, which is arm64 code") +
                            (executes ? "; should it refuse to start, set ROSETTA_ADVERTISE_AVX=1" : ", or upgrade to macOS 15"),
                        0, ""});
  }
}

}  // namespace m1bench

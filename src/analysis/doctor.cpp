// SPDX-License-Identifier: Apache-2.0
#include "analysis/doctor.hpp"

#include <algorithm>

#include "analysis/doctor_checks.hpp"
#include "analysis/warnings.hpp"

namespace m1bench {
namespace {

constexpr DoctorCheck kChecks[] = {
    {"no-native", Severity::problem, "build m1bench again on this machine: scripts/m1bench all", check_native},
    {"no-rosetta", Severity::problem, "softwareupdate --install-rosetta --agree-to-license", check_rosetta},
    {"nothing-to-compare", Severity::problem, "see the remedies of the targets above", check_comparison},
    {"lock", Severity::problem, "or measure with --no-lock", check_lock},

    {"slice-missing", Severity::warning, "configure and build again; `cmake` says which compiler it lacks", check_slices},
    {"target-broken", Severity::warning, "run its command by hand (`m1bench list targets` shows it)", check_targets},
    {"no-translator", Severity::warning, "install one, or name your own with --translator", check_translator},
    {"translated-driver", Severity::warning, "", check_driver},
    {"native-tso", Severity::warning, "", check_memory_order},
    {"debug-build", Severity::warning, "", check_build},
    {"measuring", Severity::warning, "wait for it", check_measuring},
    {"battery", Severity::warning, "", check_battery},
    {"low-power", Severity::warning, "", check_low_power},
    {"hot", Severity::warning, "", check_heat},
    {"high-load", Severity::warning, "", check_load},
    {"governor", Severity::warning, "sudo cpupower frequency-set --governor performance", check_governor},
    {"cpu-limit", Severity::warning, "allow the container more CPUs (docker run --cpus), or measure outside of it",
     check_cpu_limit},
    {"virtual-machine", Severity::warning, "measure on the machine itself, or trust small differences less",
     check_virtual_machine},

    {"no-avx2", Severity::note, "update to macOS 15 or later, whose Rosetta executes AVX2", check_avx2},
    {"rosetta-ends", Severity::note,
     "install it again after an upgrade to macOS 27: softwareupdate --install-rosetta --agree-to-license", check_rosetta_ends},
    {"turbo", Severity::note, "compare ratios, which are taken within seconds, rather than times", check_turbo},
    {"smt", Severity::note, "close other programs while you measure", check_smt},
    {"no-blas", Severity::note, "apt install libopenblas-dev, then configure and build again", check_blas},
};

std::string_view remedy_of(const DoctorCheck& check) {
  if (!check.remedy.empty()) return check.remedy;
  const auto kinds = warning_kinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const WarningKind& row) { return row.code == check.code; });
  return kind == kinds.end() ? "" : kind->remedy;
}

}  // namespace

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::problem:
      return "problem";
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return "note";
}

std::span<const DoctorCheck> doctor_checks() { return kChecks; }

std::vector<Diagnosis> diagnose(const DoctorFacts& facts) {
  std::vector<Diagnosis> found;
  for (const DoctorCheck& check : kChecks) {
    for (Symptom& symptom : check.find(facts)) {
      std::string remedy = symptom.remedy.empty() ? std::string(remedy_of(check)) : std::move(symptom.remedy);
      found.push_back(
          {check.severity, std::string(check.code), std::move(symptom.target), std::move(symptom.message), std::move(remedy)});
    }
  }
  return found;
}

}  // namespace m1bench

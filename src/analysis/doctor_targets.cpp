// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "analysis/doctor_checks.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

constexpr int kRosettaMustBeInstalledAgain = 27, kRosettaEnds = 28, kRosettaHasAvx2 = 15;

bool is_native(const DoctorTarget& entry) { return entry.target.translator == "native"; }

bool is_foreign(const DoctorTarget& entry, const Machine& machine) {
  return !entry.target.slice.starts_with(machine.arch == "arm64" ? "arm64" : "x86_64");
}

template <class Condition>
const DoctorTarget* first_where(const DoctorFacts& facts, Condition condition) {
  const auto found = std::find_if(facts.targets.begin(), facts.targets.end(), condition);
  return found == facts.targets.end() ? nullptr : &*found;
}

const DoctorTarget* first_that_works(const DoctorFacts& facts, std::string_view translator) {
  return first_where(facts,
                     [&](const DoctorTarget& entry) { return entry.target.available && entry.target.translator == translator; });
}

// A tier that the CPU or the translator does not have, while it runs a lower one: that is what probing is for.
bool is_absent_tier(const DoctorFacts& facts, const Target& target) {
  return target.cause.find("SIGILL") != std::string::npos && first_that_works(facts, target.translator);
}

}  // namespace

Symptoms check_native(const DoctorFacts& facts) {
  if (first_that_works(facts, "native")) return {};
  const DoctorTarget* tried = first_where(facts, [](const DoctorTarget& entry) { return is_native(entry) && entry.tried; });
  if (!tried) return {{"this installation has no slice for the machine's own " + facts.machine.arch, "", ""}};
  return {{"native code does not run: " + tried->target.name + " " + tried->target.cause, tried->target.remedy, ""}};
}

Symptoms check_rosetta(const DoctorFacts& facts) {
  if (facts.rosetta != false) return {};
  if (facts.macos.value_or(0) >= kRosettaEnds) {
    return {{"this macOS has Rosetta 2 for a few old games only, so x86_64 code does not run here",
             "measure on a Mac with macOS 27 or earlier", ""}};
  }
  const bool removed = facts.macos == kRosettaMustBeInstalledAgain;
  return {{std::string("Rosetta 2 is not installed, so x86_64 code does not run here") +
               (removed ? " (the upgrade to macOS 27 removes it)" : ""),
           "", ""}};
}

// Whatever is missing to run anything at all is told by the rows above this one.
Symptoms check_comparison(const DoctorFacts& facts) {
  const auto works = [](const DoctorTarget& entry) { return entry.target.available; };
  if (facts.rosetta == false || std::count_if(facts.targets.begin(), facts.targets.end(), works) != 1) return {};
  const DoctorTarget* missing =
      first_where(facts, [&](const DoctorTarget& entry) { return !entry.tried && !entry.target.remedy.empty(); });
  return {{"nothing works but " + first_where(facts, works)->target.name + ", so there is nothing to compare it with",
           missing ? missing->target.remedy : "", ""}};
}

Symptoms check_slices(const DoctorFacts& facts) {
  std::vector<std::string> missing;
  for (const DoctorSlice& slice : facts.slices) {
    if (!slice.path) missing.push_back(slice.name);
  }
  if (missing.empty()) return {};
  return {{"this installation lacks the slice" + std::string(missing.size() == 1 ? " " : "s ") + join_words(missing), "", ""}};
}

Symptoms check_targets(const DoctorFacts& facts) {
  Symptoms symptoms;
  for (const DoctorTarget& entry : facts.targets) {
    const Target& target = entry.target;
    if (!entry.tried || target.available || is_absent_tier(facts, target)) continue;
    const bool told_already =
        target.translator == "rosetta2" ? facts.rosetta == false : is_native(entry) && !first_that_works(facts, "native");
    if (!told_already) symptoms.push_back({target.name + " does not work: " + target.cause, target.remedy, target.name});
  }
  return symptoms;
}

Symptoms check_translator(const DoctorFacts& facts) {
  const auto foreign = [&](const DoctorTarget& entry) { return is_foreign(entry, facts.machine); };
  const auto tried = [&](const DoctorTarget& entry) { return foreign(entry) && entry.tried; };
  // A translator without a slice to run is no translator that is missing.
  const auto wanting = [&](const DoctorTarget& entry) {
    return foreign(entry) && !entry.target.remedy.empty() && entry.target.cause.find("slice") == std::string::npos;
  };
  const DoctorTarget* missing = first_where(facts, wanting);
  if (!missing || first_where(facts, tried)) return {};
  const std::string arch = facts.machine.arch == "arm64" ? "x86_64" : "arm64";
  return {{"nothing here translates " + arch + " code, so only tiers of " + facts.machine.arch + " can be compared",
           missing->target.remedy, ""}};
}

Symptoms check_avx2(const DoctorFacts& facts) {
  if (facts.macos.value_or(kRosettaHasAvx2) >= kRosettaHasAvx2) return {};
  const DoctorTarget* avx2 =
      first_where(facts, [](const DoctorTarget& entry) { return entry.target.name == "x86_64-v3/rosetta2"; });
  if (!avx2 || avx2->target.available || !first_that_works(facts, "rosetta2")) return {};
  return {{"Rosetta of this macOS executes no AVX2, so x86_64-v3 cannot be compared", "", ""}};
}

Symptoms check_rosetta_ends(const DoctorFacts& facts) {
  if (facts.rosetta != true || facts.macos.value_or(kRosettaEnds) >= kRosettaEnds) return {};
  if (facts.macos == kRosettaMustBeInstalledAgain) {
    return {{"macOS 28 ends Rosetta 2 but for a few old games", "measure what you want to know before you upgrade", ""}};
  }
  return {{"upgrading to macOS 27 removes Rosetta 2, and macOS 28 ends it but for a few old games", "", ""}};
}

// Only the workers know what they hold. macOS brings Accelerate along.
Symptoms check_blas(const DoctorFacts& facts) {
  const DoctorTarget* native =
      first_where(facts, [](const DoctorTarget& entry) { return is_native(entry) && entry.target.hello; });
  if (facts.macos || !native || native->target.hello->blas) return {};
  return {{"the cases of the variant blas are left out, for want of OpenBLAS when m1bench was built", "", ""}};
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "analysis/warnings.hpp"

#include <algorithm>

#include "analysis/warnings_detectors.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

constexpr const char* kQuieter = "close other programs, or measure on a quieter machine";

constexpr WarningKind kKinds[] = {
    {"not-verified", "times are shown for answers that were never checked",
     "a timed case on a target without a verification in the file", "measure again, and leave the verifications in the file",
     find_not_verified},
    {"slice-not-proven", "a target was timed that never proved what it is",
     "no greeting from its worker, or one of another slice or translator", "measure again with slices that were built together",
     find_slice_not_proven},
    {"slowed", "a target was slowed on purpose", "--inject-slowdown", "use these times to test the gate and for nothing else",
     find_slowed_on_purpose},
    {"idle-output", "the answer is mostly zeros, which a CPU may multiply faster or far slower than other numbers",
     "over 90 % of the elements of a verified answer zero or denormal", "report it: no case of this catalogue should give such an answer",
     find_idle_output},
    {"debug-build", "the code was not compiled to be fast",
     "a build type other than Release, RelWithDebInfo and MinSizeRel, or -O0, -Og or a sanitizer among the flags",
     "build with `cmake --workflow --preset release`", find_debug_build},
    {"unlike-builds", "slices that are compared were built differently",
     "another build id, compiler or flag within one build; -march, -mcpu, -mtune and warning flags aside",
     "build every slice from the same sources with the same compiler and flags", find_unlike_builds},
    {"translated-driver", "m1bench itself ran translated", "the driver sees a translator around itself",
     "start it from a native shell (on a Mac: `arch -arm64 zsh`)", find_translated_driver},
    {"native-tso",
     "the native baseline may be slowed too: Rosetta for Linux makes its virtual machine order all memory accesses as x86 does",
     "a native baseline beside a target under rosetta-linux", "compare with a native run in a virtual machine without Rosetta",
     find_native_with_tso},
    {"isa-unlisted", "what ran and what the CPU advertises differ",
     "a tier that runs and is not advertised, or a native x86_64 baseline below the highest advertised tier",
     "take the highest tier that runs as the baseline, and name the tiers when quoting a ratio", find_unlisted_isa},
    {"vendor-library", "a vendor's library may use a unit that the other target cannot",
     "a ratio of a translated target in a case of the variant blas", "compare the variant eigen, which is the same code on both",
     find_vendor_library},
    {"interrupted", "the run was interrupted", "Ctrl-C or a signal before it was done", "run it again to the end",
     find_interrupted},
    {"merged-unlike", "the shards are not of one machine and time", "shards of different machines, or more than a day apart",
     "compare ratios, not times, across cases, and measure all shards alike before quoting a mean", find_merged_unlike},
    {"canary-drift", "the machine's own speed changed again and again",
     "more than 10 % of the blocks after which the canary was over 10 % off its median, repeated or not", kQuieter,
     find_canary_drift},
    {"high-load", "other programs kept the machine busy",
     "a load average over half the CPUs before the run, or over that and the run's own threads after it", kQuieter,
     find_high_load},
    {"steal", "the hypervisor gave CPU time to other virtual machines", "stolen CPU time over 5 % of the run's time",
     "measure on a dedicated or a quieter host", find_steal},
    {"battery", "the machine ran on its battery", "on battery before or after the run", "plug it in", find_battery},
    {"low-power", "the machine was saving power", "low-power mode before or after the run", "switch the low-power mode off",
     find_low_power},
    {"hot", "the machine got hot and may have slowed down for it",
     "thermal pressure, or a zone over 85 degrees and at least 15 degrees hotter after the run than before",
     "let it cool down, and measure with better cooling or fewer cases at a time", find_hot},
    {"stolen-time", "slots had to wait for a CPU",
     "wall time over 1.05 of the CPU time in more than a quarter of the slots; one-thread cases", kQuieter, find_stolen_time},
    {"migrations", "workers were moved from CPU to CPU while they were timed",
     "in more than half of the blocks; one-thread cases",
     "measure where workers may be pinned: outside containers that forbid it", find_migrations},
    {"short-slots", "slots are too short to be timed well",
     "the median slot under 2.5 ms or under 1000 steps of the timer",
     "measure again on a quieter machine: the loops of a slot were chosen while it was slower", find_short_slots},
    {"short-program", "a program is so short that launching it weighs",
     "under 5 ms, where what launching an empty program takes is known", "give it more to do, or take it for what starting it costs",
     find_short_programs},
    {"slot-spread", "the slots of a block differ much from one another",
     "an interquartile range over 10 % of the median slot, in the median block of at least 4 slots", kQuieter, find_slot_spread},
    {"not-warm", "the first slot of a block is slower than the others", "by over 1 %, in more or clearer cases than chance makes",
     "report it: workers should be warm by then", find_not_warm},
    {"few-blocks", "the interval rests on few blocks",
     "fewer than 12 blocks; not with --quick, nor for a slow target that is rationed",
     "give it more time with --time-budget, or name fewer cases", find_few_blocks},
    {"wide-interval", "the interval is wider than asked",
     "a half-width over 1 % (2 % beyond a factor of 3), half that with --thorough; not with --quick, nor for a rationed target",
     "give it more time with --time-budget, or a quieter machine", find_wide_interval},
    {"estimators-differ", "the trimmed mean and the Hodges-Lehmann estimate disagree",
     "by over half the half-width, from 12 blocks on",
     "look at the blocks in run.json: their ratios are not scattered about one value", find_estimators_differ},
    {"bimodal", "the blocks fall into two groups",
     "groups further apart than in 99 of 100 samples of one kind, in more or clearer cases than chance makes",
     "look for something that comes and goes, such as another program, a CPU of another kind or huge pages", find_bimodal},
    {"correlated-blocks", "neighbouring blocks are alike, so the interval is too narrow",
     "a lag-1 correlation over 2/sqrt(B) from 12 blocks on, in more or clearer cases than chance makes",
     "trust small differences less, and measure again at another time", find_correlated},
    {"trend", "the ratio drifted during the run",
     "Mann and Kendall's test from 12 blocks on, in more or clearer cases than chance makes",
     "let the machine settle (temperature, other programs) and measure again", find_trend},
    {"spawn-order", "the ratio depends on which worker was started first",
     "by over its half-width, from 8 blocks on, in more or clearer cases than chance makes",
     "trust differences of this size less; the order was random, so it does not favour a target", find_spawn_order},
    {"turn-order", "the ratio depends on which target had the first slot",
     "by over its half-width, from 8 blocks on, in more or clearer cases than chance makes",
     "trust differences of this size less; the order was random, so it does not favour a target", find_turn_order},
    {"no-control", "small differences were found without a control",
     "an interval that ends within 1.5 % of no difference, in more cases than chance makes; not with --quick",
     "measure with --control, which shows how far two equal programs seem apart here", find_no_control},
    {"weak-control", "the control says little about the noise here",
     "no interval of its own, or fewer than half of the blocks of what it is to judge",
     "measure again with --control and more time", find_weak_control},
    {"few-cases", "a geometric mean is over few cases", "fewer than 5 of several cases", "run more cases before quoting it",
     find_few_cases},
};

constexpr std::string_view kOfTheMachine[] = {"canary-drift", "high-load", "steal", "battery", "low-power", "hot"};

template <class Wanted>
std::vector<Warning> found_by(const WarningEvidence& evidence, Wanted wanted) {
  std::vector<Warning> warnings;
  for (const WarningKind& kind : kKinds) {
    if (!wanted(kind)) continue;
    for (Finding& finding : kind.find(evidence)) {
      warnings.push_back({std::string(kind.code), std::move(finding.case_name), std::move(finding.target),
                          std::move(finding.message), std::string(kind.remedy)});
    }
  }
  return warnings;
}

std::string meaning_of(std::string_view code) {
  const auto kind = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const WarningKind& row) { return row.code == code; });
  return std::string(kind == std::end(kKinds) ? code : kind->meaning);
}

// "12 cases (a, b, c and 9 more)"
std::string places(std::span<const Warning> warnings) {
  constexpr std::size_t kNamed = 3;
  std::vector<std::string> names;
  const bool of_cases = !warnings.front().case_name.empty();
  for (const Warning& warning : warnings) {
    const std::string& name = of_cases ? warning.case_name : warning.target;
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  if (names.empty()) return "";
  const std::string number = count_of(names.size(), of_cases ? "case" : "target");
  if (names.size() > kNamed) {
    const std::size_t more = names.size() - kNamed;
    names.resize(kNamed);
    return number + " (" + join(names, ", ") + " and " + std::to_string(more) + " more)";
  }
  return number + " (" + join(names, ", ") + ")";
}

}  // namespace

std::span<const WarningKind> warning_kinds() { return kKinds; }

std::vector<Warning> warnings_of(const Run& run, const Summary& summary) {
  return found_by(gather_evidence(run, summary), [](const WarningKind&) { return true; });
}

std::vector<Warning> machine_warnings_of(const Run& run) {
  const Summary summary = summarise(run);
  return found_by(gather_evidence(run, summary), [](const WarningKind& kind) {
    return std::find(std::begin(kOfTheMachine), std::end(kOfTheMachine), kind.code) != std::end(kOfTheMachine);
  });
}

std::vector<Warning> grouped(std::span<const Warning> warnings) {
  std::vector<Warning> groups;
  for (std::size_t first = 0, next = 0; first < warnings.size(); first = next) {
    while (next < warnings.size() && warnings[next].code == warnings[first].code) ++next;
    groups.push_back(warnings[first]);
    if (next - first == 1) continue;
    Warning& group = groups.back();
    const std::string where = places(warnings.subspan(first, next - first));
    group.case_name.clear();
    group.target.clear();
    group.message = meaning_of(group.code) + ": " + (where.empty() ? std::to_string(next - first) + " times" : where);
  }
  return groups;
}

std::string at_case(const std::string& case_name, const std::string& target) { return case_name + " on " + target + ": "; }

std::string count_of(std::size_t number, const std::string& noun) {
  return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

}  // namespace m1bench

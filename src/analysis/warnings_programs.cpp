// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>

#include "analysis/warnings_detectors.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

// A target that was timed with cases of our own, once.
std::vector<const Target*> timed_targets(const WarningEvidence& evidence) {
  std::vector<const Target*> targets;
  for (const Series& series : evidence.series) {
    if (runs_program(*series.item)) continue;  // says nothing of itself, and is nobody's build of m1bench
    if (std::find(targets.begin(), targets.end(), series.target) == targets.end()) targets.push_back(series.target);
  }
  return targets;
}

// By the rules of launch/death, which refuses such a worker: a run that holds one was not made by m1bench alone.
std::string doubt_about(const Target& target) {
  if (!target.hello) return "never said what it is";
  const Hello& hello = *target.hello;
  if (hello.slice != target.slice) return "was to be the slice " + target.slice + " and is " + hello.slice;
  const bool strict = target.translator == "native" || target.translator == "rosetta2";
  if (strict && hello.translator != target.translator)
    return "was to run under " + target.translator + " and saw " + hello.translator;
  return "";
}

// What may change the speed of the code and is no choice of instruction set.
std::vector<std::string> build_flags(const std::string& flags) {
  constexpr std::array<std::string_view, 6> kAside = {"-march=", "-mcpu=", "-mtune=", "-Xarch_", "-W", "-DM1BENCH_"};
  std::vector<std::string> kept;
  for (const std::string& word : split(flags, ' ')) {
    const bool aside = std::any_of(kAside.begin(), kAside.end(), [&](std::string_view start) { return word.starts_with(start); });
    if (!word.empty() && !aside) kept.push_back(word);
  }
  return kept;
}

bool slows(const std::string& flag) { return flag == "-O0" || flag == "-Og" || flag.starts_with("-fsanitize"); }

// How one worker's build differs from another's of the same side; "" if it does not.
std::string build_difference(const Hello& one, const Hello& other) {
  if (one.build_id != other.build_id) return "build " + one.build_id + " and " + other.build_id;
  if (one.compiler != other.compiler) return one.compiler + " and " + other.compiler;
  const std::string flags = join(build_flags(one.flags), " "), other_flags = join(build_flags(other.flags), " ");
  return flags == other_flags ? "" : flags + " and " + other_flags;
}

// The sides of `ab` are different builds on purpose.
std::string_view build_side(const Target& target) {
  return target.side == "base" || target.side == "head" ? std::string_view(target.side) : "";
}

std::vector<std::string> advertised_tiers(const Hello& hello) {
  std::vector<std::string> tiers;
  for (const std::string& tier : split(hello.cpu_features, ' ')) {
    if (!tier.empty()) tiers.push_back(tier);
  }
  return tiers;
}

}  // namespace

Findings find_not_verified(const WarningEvidence& evidence) {
  Findings findings;
  for (const Series& series : evidence.series) {
    const std::string &name = series.item->name, &target = series.target->name;
    if (!evidence.verification(name, target))
      findings.push_back({name, target, at_case(name, target) + "its answer was never checked"});
  }
  return findings;
}

Findings find_idle_output(const WarningEvidence& evidence) {
  constexpr double kMostly = 0.9;
  Findings findings;
  for (const Verification& check : evidence.run.verifications) {
    if (check.zero_share.value_or(0) <= kMostly) continue;
    findings.push_back({check.case_name, check.target,
                        at_case(check.case_name, check.target) + format_percent(*check.zero_share) + " of its answer is zero or denormal"});
  }
  return findings;
}

Findings find_slice_not_proven(const WarningEvidence& evidence) {
  Findings findings;
  for (const Target* target : timed_targets(evidence)) {
    const std::string doubt = doubt_about(*target);
    if (!doubt.empty()) findings.push_back({"", target->name, target->name + " " + doubt});
  }
  return findings;
}

Findings find_translated_driver(const WarningEvidence& evidence) {
  const std::string translator = evidence.run.tool.translator.value_or("native");
  if (translator == "native") return {};
  return {{"", "", "m1bench itself ran under " + translator}};
}

bool is_fast_build_type(const std::string& build_type) {
  return build_type == "Release" || build_type == "RelWithDebInfo" || build_type == "MinSizeRel";
}

Findings find_debug_build(const WarningEvidence& evidence) {
  const Tool& tool = evidence.run.tool;
  const std::vector<Case>& cases = evidence.run.cases;
  if (!cases.empty() && std::all_of(cases.begin(), cases.end(), runs_program)) return {};  // what was timed is not ours
  if (!is_fast_build_type(tool.build_type))
    return {{"", "", "m1bench was built as " + (tool.build_type.empty() ? "nothing in particular" : tool.build_type)}};
  for (const Target* target : timed_targets(evidence)) {
    const std::vector<std::string> flags = build_flags(target->hello ? target->hello->flags : tool.flags);
    const auto slow = std::find_if(flags.begin(), flags.end(), slows);
    if (slow != flags.end()) return {{"", target->name, target->name + " was compiled with " + *slow}};
  }
  return {};
}

Findings find_unlike_builds(const WarningEvidence& evidence) {
  Findings findings;
  std::map<std::string_view, const Target*> first_of_side;
  for (const Target* target : timed_targets(evidence)) {
    if (!target->hello) continue;
    const Target* first = first_of_side.emplace(build_side(*target), target).first->second;
    const std::string difference = build_difference(*first->hello, *target->hello);
    if (!difference.empty())
      findings.push_back({"", target->name, first->name + " and " + target->name + " were built differently: " + difference});
  }
  return findings;
}

Findings find_slowed_on_purpose(const WarningEvidence& evidence) {
  Findings findings;
  for (const Target& target : evidence.run.targets) {
    for (const auto& [name, factor] : target.slowdown) {
      findings.push_back({name, target.name,
                          at_case(name, target.name) + "slowed on purpose, to " + format_significant(factor, 3) + "x the time"});
    }
  }
  return findings;
}

Findings find_unlisted_isa(const WarningEvidence& evidence) {
  Findings findings;
  for (const Target* target : timed_targets(evidence)) {
    if (!target->hello || !target->side.empty()) continue;
    const std::vector<std::string> tiers = advertised_tiers(*target->hello);
    if (tiers.empty()) continue;
    if (std::find(tiers.begin(), tiers.end(), target->slice) == tiers.end()) {
      findings.push_back(
          {"", target->name,
           target->name + " runs " + target->slice + ", though the CPU it sees advertises only " + join_words(tiers)});
    } else if (target->name == evidence.summary.baseline && target->translator == "native" && target->hello->arch == "x86_64" &&
               tiers.back() != target->slice) {
      findings.push_back({"", target->name, "the baseline is " + target->slice + ", though the CPU advertises " + tiers.back()});
    }
  }
  return findings;
}

Findings find_vendor_library(const WarningEvidence& evidence) {
  Findings findings;
  for (const PairedSeries& pair : evidence.pairs) {
    const Case* item = find_case(evidence.run, pair.item->name);
    const Target* target = find_target(evidence.run, pair.target->target);
    if (item->variant != "blas" || target->translator == "native") continue;
    findings.push_back({item->name, target->name,
                        at_case(item->name, target->name) + "the vendor's library on " + pair.with + " may use a unit that " +
                            target->translator + " has not"});
  }
  return findings;
}

Findings find_native_with_tso(const WarningEvidence& evidence) {
  const auto rosetta = std::find_if(evidence.run.targets.begin(), evidence.run.targets.end(), [](const Target& target) {
    return target.translator == "rosetta-linux" && target.available;
  });
  const Target* baseline = find_target(evidence.run, evidence.summary.baseline);
  if (rosetta == evidence.run.targets.end() || !baseline || baseline->translator != "native") return {};
  return {{"", baseline->name,
           baseline->name + " ran in a virtual machine with Rosetta, whose memory ordering (TSO) slows native code too: the "
                            "ratios are smaller than "
                            "against a machine without it"}};
}

}  // namespace m1bench

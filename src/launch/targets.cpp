// SPDX-License-Identifier: Apache-2.0
#include "launch/targets.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "m1bench/core/error.hpp"
#include "m1bench/core/shell_words.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

bool serves(const Translator& translator, const SliceKind& kind) {
  if (translator.slices.empty()) return translator.guest_arch == kind.arch;
  return std::find(translator.slices.begin(), translator.slices.end(), kind.name) != translator.slices.end();
}

// `native` rows of other machines say nothing that the rows of this one do not.
bool worth_listing(const Translator& translator, const LaunchHost& host, const SliceKind& kind) {
  if (translator.name == "native") return translator.available() && kind.arch == host.arch;
  return true;
}

Target make_target(const SliceKind& kind, const Translator& translator, std::span<const SliceFile> slices) {
  Target target;
  target.slice = kind.name;
  target.translator = translator.name;
  target.name = target.slice + "/" + target.translator;
  target.environment = translator.environment;
  target.cause = translator.cause;
  target.remedy = translator.remedy;
  const auto file = std::find_if(slices.begin(), slices.end(), [&](const SliceFile& slice) { return slice.slice == kind.name; });
  if (file == slices.end()) {
    if (target.cause.empty()) {
      target.cause = "this installation has no " + target.slice + " slice";
      target.remedy = "configure again; `cmake` says which compiler it lacks";
    }
    return target;
  }
  target.command = translator.prefix;
  target.command.push_back(file->path);
  target.command.emplace_back("worker");
  target.available = target.cause.empty();
  return target;
}

// What OpenBLAS in a worker would do as soon as it is loaded: choose kernels by what the CPU can do, and start threads.
void hold_openblas_to(const SliceKind& kind, Target& target) {
  target.environment.emplace("OPENBLAS_CORETYPE", kind.openblas_core);
  target.environment.emplace("OPENBLAS_NUM_THREADS", "1");
}

int tier_of(const Target& target) {
  const SliceKind* kind = find_slice_kind(target.slice);
  return kind ? kind->tier : -1;
}

std::string_view arch_of(const Target& target) {
  const SliceKind* kind = find_slice_kind(target.slice);
  return kind ? kind->arch : std::string_view();
}

bool is_native(const Target& target) { return target.translator == "native"; }

}  // namespace

std::vector<Target> known_targets(const LaunchHost& host, std::span<const SliceFile> slices, std::span<const Translator> translators) {
  std::vector<Target> targets;
  for (const SliceKind& kind : slice_kinds()) {
    for (const Translator& translator : translators) {
      if (!serves(translator, kind) || !worth_listing(translator, host, kind)) continue;
      Target target = make_target(kind, translator, slices);
      if (host.openblas && kind.arch == host.arch) hold_openblas_to(kind, target);
      if (!target.command.empty() || !kind.optional) targets.push_back(std::move(target));
    }
  }
  return targets;
}

std::string canonical_target(std::string_view name) { return canonical_slice(name); }

Target& find_target_named(std::vector<Target>& targets, std::string_view name) {
  const std::string wanted = canonical_target(name);
  std::vector<std::string> names;
  for (Target& target : targets) {
    if (target.name == wanted) return target;
    names.push_back(target.name);
  }
  std::string message = "there is no target '" + std::string(name) + "'";
  if (const auto near = nearest(wanted, names)) message += "; did you mean '" + *near + "'?";
  throw Error(ErrorKind::usage, message + " (`m1bench list targets` shows them all)");
}

void apply_environment(std::vector<Target>& targets, const std::string& option) {
  const auto colon = option.find(':');
  const auto equals = option.find('=', colon == std::string::npos ? 0 : colon);
  if (colon == std::string::npos || equals == std::string::npos || equals == colon + 1) {
    throw Error(ErrorKind::usage, "--env '" + option + "': expected TARGET:NAME=VALUE");
  }
  Target& target = find_target_named(targets, std::string_view(option).substr(0, colon));
  target.environment[option.substr(colon + 1, equals - colon - 1)] = option.substr(equals + 1);
}

const Target* best_native(std::span<const Target> targets) {
  const Target* best = nullptr;
  for (const Target& target : targets) {
    if (is_native(target) && target.available && (!best || tier_of(target) > tier_of(*best))) best = &target;
  }
  return best;
}

std::vector<std::size_t> default_targets(std::span<const Target> targets, const LaunchHost& host) {
  std::vector<std::size_t> chosen;
  const auto add = [&](const Target* target) {
    const auto index = static_cast<std::size_t>(target - targets.data());
    if (target && std::find(chosen.begin(), chosen.end(), index) == chosen.end()) chosen.push_back(index);
  };
  if (const Target* best = best_native(targets)) add(best);
  const Target* lowest_native = nullptr;
  const Target* translated = nullptr;
  for (const Target& target : targets) {
    if (is_native(target) && target.available && arch_of(target) == "x86_64" && (!lowest_native || tier_of(target) < tier_of(*lowest_native))) {
      lowest_native = &target;
    }
    if (is_native(target) || arch_of(target) == host.arch || target.cause.starts_with("only on")) continue;
    const bool better = !translated || (target.available && !translated->available);
    if (better) translated = &target;
  }
  if (lowest_native) add(lowest_native);
  if (translated) add(translated);
  return chosen;
}

std::vector<std::size_t> tier_targets(std::span<const Target> targets) {
  const auto could_run = [](const Target& target) { return !target.cause.starts_with("only on"); };
  const auto of_x86 = [](const Target& target) { return !is_native(target) && arch_of(target) == "x86_64"; };
  // The translator of the lowest tier that is there, or the first that could be.
  const Target* first = nullptr;
  for (const Target& target : targets) {
    if (of_x86(target) && could_run(target) && (!first || (target.available && !first->available))) first = &target;
  }
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const bool translated = first && of_x86(targets[i]) && targets[i].translator == first->translator;
    if (!targets[i].command.empty() && (is_native(targets[i]) || translated)) chosen.push_back(i);
  }
  return chosen;
}

std::string command_line(const Target& target) {
  std::string line;
  if (!target.environment.empty()) {
    line = "env";
    for (const auto& [name, value] : target.environment) line += " " + quote_shell_word(name + "=" + value);
    line += " ";
  }
  return line + quote_shell_line(target.command);
}

}  // namespace m1bench

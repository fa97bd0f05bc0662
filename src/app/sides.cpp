// SPDX-License-Identifier: Apache-2.0
#include "app/sides.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "m1bench/core/error.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

// The program that owns the slices, links resolved.
std::optional<std::string> program_at(const std::string& path) {
  std::error_code error;
  for (const std::string& candidate : {path + "/bin/m1bench", path + "/m1bench", path}) {
    if (is_directory(candidate) || !file_exists(candidate)) continue;
    const std::string resolved = std::filesystem::canonical(candidate, error).string();
    if (!error) return resolved;
  }
  return std::nullopt;
}

// "x86_64-v3" of ".../m1bench-x86_64-v3"
std::optional<SliceFile> lone_slice(const std::string& program) {
  const std::string name = std::filesystem::path(program).filename().string();
  constexpr std::string_view kPrefix = "m1bench-";
  if (!name.starts_with(kPrefix) || !find_slice_kind(name.substr(kPrefix.size()))) return std::nullopt;
  return SliceFile{name.substr(kPrefix.size()), program};
}

void mark(std::vector<Target>& targets, const char* side) {
  for (Target& target : targets) target.side = side;
}

// False if interrupted.
bool probe_natives(Plan& plan, WorkerFactory& workers, double timeout_s) {
  for (Target& target : plan.targets) {
    if (target.translator == "native" && !probe(target, workers, timeout_s)) return false;
  }
  return true;
}

}  // namespace

std::vector<SliceFile> slices_of_build(const std::string& path, const std::string& option) {
  const auto program = program_at(path);
  if (!program) throw Error(ErrorKind::usage, option + " '" + path + "': there is no m1bench; name an installed tree, a build folder or an executable");
  std::vector<SliceFile> slices = find_slices(*program);
  if (const auto lone = lone_slice(*program); slices.empty() && lone) slices.push_back(*lone);
  if (slices.empty()) {
    throw Error(ErrorKind::usage, option + " '" + path + "': there are no slices beside " + *program + "; install it with `cmake --install`");
  }
  return slices;
}

Chosen choose_sides(Plan& base, Plan& head, WorkerFactory& workers, double timeout_s, Run& run) {
  mark(base.targets, "base");
  mark(head.targets, "head");
  if (!probe_natives(base, workers, timeout_s) || !probe_natives(head, workers, timeout_s)) return {std::nullopt, true};
  std::vector<std::string> names;
  for (const std::size_t i : base.wanted) names.push_back(base.targets[i].name);
  if (names.empty()) {
    // Base's, whether head has it or not: a build that lost its best slice is not one to pass.
    const Target* best = best_native(base.targets);
    if (!best) throw Error(ErrorKind::target, "no native target of the base build runs here; name another with --targets");
    names.push_back(best->name);
  }
  for (const std::string& name : names) {
    for (Plan* plan : {&base, &head}) {
      Target& target = find_target_named(plan->targets, name);
      if (!probe(target, workers, timeout_s)) return {std::nullopt, true};
      run.targets.push_back(target);
      run.targets.back().name = target.side + ":" + target.name;
    }
  }
  const auto usable = std::find_if(run.targets.begin(), run.targets.end(), [](const Target& target) { return target.side == "base" && target.available; });
  if (usable == run.targets.end()) {
    const Target& lost = run.targets.front();
    throw Error(ErrorKind::target, "no target of the base build can run here: " + lost.name + ": " + lost.cause);
  }
  run.session.baseline = usable->name;
  const Target* native = best_native(base.targets);
  Target reference = native ? *native : *usable;
  if (native) reference.name = "base:" + native->name;
  return {reference, false};
}

}  // namespace m1bench

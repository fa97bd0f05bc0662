// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "launch/slices.hpp"
#include "launch/translators.hpp"
#include "result/model.hpp"

namespace m1bench {

// Every pair of a slice m1bench knows and a translator that could run it, in the order of the tables. What cannot run says
// why; what might is `available` until a probe shows otherwise.
std::vector<Target> known_targets(const LaunchHost& host, std::span<const SliceFile> slices, std::span<const Translator> translators);

// "aarch64/qemu-user" -> "arm64/qemu-user"
std::string canonical_target(std::string_view name);

// A target by its name (either spelling). Throws Error(usage) with the nearest match.
Target& find_target_named(std::vector<Target>& targets, std::string_view name);

// "--env TARGET:NAME=VALUE" applied to its target. Throws Error(usage).
void apply_environment(std::vector<Target>& targets, const std::string& option);

// What is compared when nobody says otherwise, by index into `targets` (probed): the best native tier, the lowest native
// tier of the same architecture on x86_64, and the lowest tier of the other architecture under the first translator that
// can run it (or that could, so that the report can say what is missing).
std::vector<std::size_t> default_targets(std::span<const Target> targets, const LaunchHost& host);

// What `tiers` compares, of the slices that this installation has: every native target, and every tier of x86_64 under the
// first translator that can run it, on an x86_64 host too. By index into `targets`.
std::vector<std::size_t> tier_targets(std::span<const Target> targets);

// The best native target that can run, or nullptr.
const Target* best_native(std::span<const Target> targets);

// What a person can paste into a shell to start this target's worker.
std::string command_line(const Target& target);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "analysis/shards.hpp"

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"
#include "result/shard.hpp"

namespace m1bench {
namespace {

std::string yes_or_no(bool value) { return value ? "yes" : "no"; }

std::string text_of(const std::map<std::string, std::string>& values) {
  std::vector<std::string> words;
  for (const auto& [name, value] : values) words.push_back(name + "=" + value);
  return join(words, " ");
}

std::string target_names(const Run& run) {
  std::vector<std::string> names;
  for (const Target& target : run.targets) names.push_back(target.name);
  return join(names, ", ");
}

template <class T>
struct Field {
  const char* name;
  std::string (*of)(const T& value);
};

// What shards of one run have in common. The build id hashes the sources alone, so how they were compiled is asked for too.
constexpr std::array<Field<Run>, 16> kRunFields{{
    {"tool.version", [](const Run& run) { return run.tool.version; }},
    {"tool.build_id", [](const Run& run) { return run.tool.build_id; }},
    {"tool.build_type", [](const Run& run) { return run.tool.build_type; }},
    {"tool.compiler", [](const Run& run) { return run.tool.compiler; }},
    {"tool.flags", [](const Run& run) { return run.tool.flags; }},
    {"tool.strict_fp", [](const Run& run) { return yes_or_no(run.tool.strict_fp); }},
    {"tool.libraries", [](const Run& run) { return text_of(run.tool.libraries); }},
    {"session.command", [](const Run& run) { return run.session.command; }},
    {"session.set", [](const Run& run) { return run.session.set; }},
    {"session.seed", [](const Run& run) { return std::to_string(run.session.seed); }},
    {"session.threads", [](const Run& run) { return std::to_string(run.session.threads); }},
    {"session.quick", [](const Run& run) { return yes_or_no(run.session.quick); }},
    {"session.thorough", [](const Run& run) { return yes_or_no(run.session.thorough); }},
    {"session.baseline", [](const Run& run) { return run.session.baseline; }},
    {"machine.arch", [](const Run& run) { return run.machine.arch; }},
    {"targets", target_names},
}};

// Of each target. Not the command: a path may differ from machine to machine.
constexpr std::array<Field<Target>, 9> kTargetFields{{
    {"slice", [](const Target& target) { return target.slice; }},
    {"translator", [](const Target& target) { return target.translator; }},
    {"translator_version", [](const Target& target) { return target.translator_version.value_or(""); }},
    {"side", [](const Target& target) { return target.side; }},
    {"available", [](const Target& target) { return yes_or_no(target.available); }},
    {"environment", [](const Target& target) { return text_of(target.environment); }},
    {"hello.build_id", [](const Target& target) { return target.hello ? target.hello->build_id : ""; }},
    {"hello.compiler", [](const Target& target) { return target.hello ? target.hello->compiler : ""; }},
    {"hello.flags", [](const Target& target) { return target.hello ? target.hello->flags : ""; }},
}};

std::string shown(const std::string& value) { return value.empty() ? "none" : "'" + value.substr(0, 100) + "'"; }

[[noreturn]] void refuse(const Run& run, const Run& first, const std::string& field, const std::string& value,
                         const std::string& other) {
  throw Error(ErrorKind::unlike, "shard " + run.session.shard + " has " + field + " " + shown(value) + " and shard " +
                                     first.session.shard + " has " + shown(other) +
                                     "; measure all shards with one build, one set of options and the same targets");
}

void must_be_alike(const Run& run, const Run& first) {
  for (const auto& field : kRunFields) {
    const std::string value = field.of(run), other = field.of(first);
    if (value != other) refuse(run, first, field.name, value, other);
  }
  // The same names in the same order, as was just seen.
  for (std::size_t i = 0; i < run.targets.size(); ++i) {
    for (const auto& field : kTargetFields) {
      const std::string value = field.of(run.targets[i]), other = field.of(first.targets[i]);
      if (value != other) refuse(run, first, run.targets[i].name.substr(0, 100) + "'s " + field.name, value, other);
    }
  }
}

// The number of shards that the run at `i` was dealt out to.
Shard shard_of(const std::vector<Run>& runs, std::size_t i) {
  const Session& session = runs[i].session;
  if (const auto shard = parse_shard(session.shard)) return *shard;
  const std::string which = "run " + std::to_string(i + 1) + " of the " + std::to_string(runs.size()) + " given ";
  throw Error(ErrorKind::usage, which + (session.merged.empty() ? "was measured without --shard; only shards can be merged"
                                                                : "was merged already; give the shards themselves, all at once"));
}

void must_be_complete(const Shards& shards, const Shard& of) {
  if (shards.size() == static_cast<std::size_t>(of.count)) return;
  std::set<std::string_view> given;
  for (const Run* run : shards) given.insert(run->session.shard);
  int missing = 1;
  while (given.contains(std::to_string(missing) + "/" + std::to_string(of.count))) ++missing;
  throw Error(ErrorKind::usage, "shard " + std::to_string(missing) + "/" + std::to_string(of.count) + " is missing (" +
                                    std::to_string(shards.size()) + " of " + std::to_string(of.count) +
                                    " are given); give all of them, or its cases would be missing in silence");
}

// Each shard there is, once.
Shards in_order(const std::vector<Run>& runs) {
  if (runs.empty()) throw Error(ErrorKind::usage, "there is nothing to merge; give all shards of a run");
  const Shard first = shard_of(runs, 0);
  std::map<int, const Run*> by_index;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Shard shard = shard_of(runs, i);
    if (shard.count != first.count) {
      throw Error(ErrorKind::unlike,
                  "shard " + runs[i].session.shard + " and shard " + runs[0].session.shard +
                      " are of different numbers of shards; measure all of them with the same N in --shard I/N");
    }
    if (!by_index.emplace(shard.index, &runs[i]).second) {
      throw Error(ErrorKind::usage, "shard " + runs[i].session.shard + " is given twice; give each shard once");
    }
  }
  Shards shards;
  for (const auto& [index, run] : by_index) shards.push_back(run);
  must_be_complete(shards, first);
  return shards;
}

}  // namespace

Shards shards_of_one_run(const std::vector<Run>& runs) {
  const Shards shards = in_order(runs);
  for (const Run* run : shards) must_be_alike(*run, *shards.front());
  return shards;
}

}  // namespace m1bench

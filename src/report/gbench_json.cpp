// SPDX-License-Identifier: Apache-2.0
#include "report/gbench_json.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"
#include "report/wording.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

using Json = nlohmann::ordered_json;

Json context(const Run& run, const Target& target) {
  return {{"date", run.session.started},
          {"executable", command_text(target)},
          {"num_cpus", run.machine.logical_cpus},
          {"caches", Json::array()},
          {"load_avg", run.machine.before.load_average ? Json::array({*run.machine.before.load_average}) : Json::array()},
          {"library_build_type", run.tool.build_type == "Debug" ? "debug" : "release"},
          {"m1bench_target", target.name},
          {"m1bench_session", run.session.id}};
}

// By case, every timed block of the target in the order they were run.
std::map<std::string_view, std::vector<const TargetBlock*>> blocks_of(const Run& run, const std::string& target) {
  std::map<std::string_view, std::vector<const TargetBlock*>> blocks;
  for (const Block& block : run.blocks) {
    for (const TargetBlock& entry : block.targets) {
      const bool timed = entry.loops > 0 && !entry.wall_s.empty() && !entry.cpu_s.empty();
      if (timed && entry.target == target) blocks[block.case_name].push_back(&entry);
    }
  }
  return blocks;
}

Json repetition(const Case& item, std::size_t family, const std::vector<const TargetBlock*>& blocks, std::size_t index) {
  const TargetBlock& entry = *blocks[index];
  const double to_ns = 1e9 / static_cast<double>(entry.loops);
  return {{"name", item.name},
          {"family_index", family},
          {"per_family_instance_index", 0},
          {"run_name", item.name},
          {"run_type", "iteration"},
          {"repetitions", blocks.size()},
          {"repetition_index", index},
          {"threads", item.threads},
          {"iterations", entry.loops},
          {"real_time", median(entry.wall_s) * to_ns},
          {"cpu_time", median(entry.cpu_s) * to_ns},
          {"time_unit", "ns"}};
}

}  // namespace

std::string gbench_report(const Run& run, const std::string& target) {
  const Target* found = find_target(run, target);
  if (!found) {
    std::vector<std::string> names;
    for (const Target& candidate : run.targets) names.push_back(candidate.name);
    throw Error(ErrorKind::usage, "the run has no target \"" + target + "\"; choose one of " + join_words(names));
  }
  const auto blocks = blocks_of(run, target);
  Json benchmarks = Json::array();
  for (std::size_t family = 0; family < run.cases.size(); ++family) {
    const auto of_case = blocks.find(run.cases[family].name);
    if (of_case == blocks.end()) continue;
    for (std::size_t i = 0; i < of_case->second.size(); ++i) {
      benchmarks.push_back(repetition(run.cases[family], family, of_case->second, i));
    }
  }
  const Json document = {{"context", context(run, *found)}, {"benchmarks", std::move(benchmarks)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "report/html_data_json.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/ratios.hpp"
#include "report/escape.hpp"
#include "report/html_page.hpp"
#include "report/json_values.hpp"

namespace m1bench {
namespace {

// Five digits are finer than any screen.
Json five_digits(double value) {
  return std::isfinite(value) ? Json(std::strtod(fmt::format("{:.5g}", value).c_str(), nullptr)) : Json(nullptr);
}

Json shown(std::string_view name) { return escape_terminal(name); }

std::string script_element(const std::string& id, const Json& document) {
  return html_json(id, document.dump(-1, ' ', true, Json::error_handler_t::replace));
}

// The baseline is target 0.
std::vector<std::string> targets_of(const Summary& summary) {
  std::vector<std::string> targets = {summary.baseline};
  targets.insert(targets.end(), summary.others.begin(), summary.others.end());
  return targets;
}

// What is not known is left out: most rows of a long table lack most of this.
Json row_json(const CaseSummary& item, std::size_t case_index, const TargetSummary& other, std::size_t target) {
  Json row = {{"case", case_index}, {"target", target}};
  const auto add = [&](const char* key, const std::optional<double>& value) {
    if (value) row[key] = five_digits(*value);
  };
  if (other.ratio) {
    add("ratio", other.ratio->ratio());
    if (other.ratio->half_width) add("low", other.ratio->low());
    if (other.ratio->half_width) add("high", other.ratio->high());
  }
  if (other.verdict) row["verdict"] = name_of(*other.verdict);
  add("time", other.loop_s);
  add("base", item.baseline.loop_s);
  add("share", other.share_of_bound);
  add("baseShare", item.baseline.share_of_bound);
  add("instructions", other.instructions_ratio);
  add("energy", other.energy_ratio);
  if (item.control) add("floor", item.noise_floor);
  return row;
}

Json rows_json(const Summary& summary) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < summary.cases.size(); ++i) {
    const CaseSummary& item = summary.cases[i];
    for (std::size_t k = 0; k < item.others.size(); ++k) rows.push_back(row_json(item, i, item.others[k], k + 1));
    if (item.others.empty()) rows.push_back(row_json(item, i, {}, 0));
  }
  return rows;
}

Json losses_json(const Run& run, const std::vector<std::string>& targets) {
  std::map<std::string_view, std::size_t> cases;
  for (std::size_t i = 0; i < run.cases.size(); ++i) cases.emplace(run.cases[i].name, i);
  Json losses = Json::array();
  for (const Verification& check : run.verifications) {
    const auto item = cases.find(check.case_name);
    const auto target = std::find(targets.begin(), targets.end(), check.target);
    if (check.losses.empty() || item == cases.end() || target == targets.end()) continue;
    losses.push_back({{"case", item->second}, {"target", target - targets.begin()}, {"losses", array_of(check.losses, five_digits)}});
  }
  return losses;
}

// Time per loop of each slot of one target in one block; null where it was not in it.
Json slots_json(const Block& block, const std::string& target) {
  const TargetBlock* entry = find_entry(block, target);
  if (!entry || entry->loops == 0) return nullptr;
  return array_of(entry->wall_s, [&](double wall_s) { return five_digits(wall_s / static_cast<double>(entry->loops)); });
}

Json block_json(const Run& run, const Block& block, const std::vector<std::string>& targets) {
  Json slots = Json::array(), ratios = Json::array();
  for (const std::string& name : targets) {
    slots.push_back(slots_json(block, name));
    const Target* target = find_target(run, name);
    const auto ratio = target ? log_ratio_in(block, name, compared_with(run, *target)) : std::nullopt;
    ratios.push_back(ratio ? five_digits(std::exp(*ratio)) : Json(nullptr));
  }
  return {{"at", five_digits(block.start_s)}, {"superseded", block.superseded}, {"slots", slots}, {"ratios", ratios}};
}

}  // namespace

std::string html_data(const Run& run, const Summary& summary) {
  const std::vector<std::string> targets = targets_of(summary);
  const Json document = {
      {"quick", summary.quick},
      {"targets", array_of(targets, shown)},
      {"cases", array_of(run.cases, [](const Case& item) { return Json{{"name", shown(item.name)}, {"family", shown(item.family)}}; })},
      {"rows", rows_json(summary)},
      {"losses", losses_json(run, targets)}};
  return script_element("m1bench-data", document);
}

std::string html_slots(const Run& run, const Summary& summary) {
  const std::vector<std::string> targets = targets_of(summary);
  std::map<std::string_view, std::vector<const Block*>> blocks;  // superseded ones too: a reader may see what was dropped
  for (const Block& block : run.blocks) blocks[block.case_name].push_back(&block);
  std::string text;
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    const auto found = blocks.find(run.cases[i].name);
    if (found == blocks.end()) continue;
    text += script_element(fmt::format("m1bench-slots-{}", i),
                           array_of(found->second, [&](const Block* block) { return block_json(run, *block, targets); }));
  }
  return text;
}

}  // namespace m1bench

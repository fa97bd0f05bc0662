// SPDX-License-Identifier: Apache-2.0
#include "app/list_json.hpp"

#include <nlohmann/json.hpp>

#include "launch/targets.hpp"

namespace m1bench {
namespace {

using Json = nlohmann::ordered_json;

std::string pretty(const Json& document) { return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string cases_json(std::span<const CaseSpec> cases) {
  Json list = Json::array();
  for (const CaseSpec& spec : cases) {
    Json parameters = Json::object();
    for (const auto& [name, value] : spec.parameters) parameters[name] = value;
    list.push_back({{"name", spec.name}, {"family", spec.family}, {"dtype", spec.dtype}, {"variant", spec.variant},
                    {"default_variant", spec.default_variant}, {"set", spec.core ? "core" : "full"}, {"flop", spec.flop},
                    {"bytes", spec.bytes}, {"samples", spec.samples}, {"parameters", parameters}});
  }
  return pretty(list);
}

std::string targets_json(std::span<const Target> targets) {
  Json list = Json::array();
  for (const Target& target : targets) {
    Json row{{"name", target.name}, {"slice", target.slice}, {"translator", target.translator}, {"available", target.available},
             {"command", target.command}, {"command_line", target.command.empty() ? "" : command_line(target)},
             {"environment", target.environment}, {"cause", target.cause}, {"remedy", target.remedy}};
    if (const auto& hello = target.hello) {
      row["proof"] = {{"slice", hello->slice}, {"translator", hello->translator}, {"cpu", hello->cpu}, {"simd", hello->simd},
                      {"blas", hello->blas.value_or("")}};
    }
    list.push_back(std::move(row));
  }
  return pretty(list);
}

std::string formats_json(std::span<const Format> formats) {
  Json list = Json::array();
  for (const Format& format : formats) {
    list.push_back({{"name", format.name}, {"description", format.description}, {"needs_target", format.needs_target}});
  }
  return pretty(list);
}

}  // namespace m1bench

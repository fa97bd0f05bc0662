// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/list_json.hpp"
#include "app/probing.hpp"
#include "app/setup.hpp"
#include "m1bench/core/text.hpp"
#include "report/escape.hpp"

namespace m1bench {
namespace {

std::string cost(const CaseSpec& spec) {
  if (spec.launch) return "1 launch";
  if (spec.model == ModelFile::given) return "1 run";
  if (spec.rate == Rate::bytes) return format_bytes(static_cast<std::uint64_t>(spec.bytes));
  return format_rate(spec.flop, spec.dtype == "i8" ? "op" : "flop");
}

void list_cases(bool json) {
  if (json) return print(cases_json(catalogue()));
  std::string text = fmt::format("{:<34} {:<5} {:<10} {:>12}  {}\n", "CASE", "SET", "VARIANT", "A LOOP", "PARAMETERS");
  for (const CaseSpec& spec : catalogue()) {
    std::string parameters;
    for (const auto& [name, value] : spec.parameters) {
      if (name != "variant") parameters += (parameters.empty() ? "" : " ") + name + "=" + value;
    }
    text += fmt::format("{:<34} {:<5} {:<10} {:>12}  {}\n", spec.name, spec.core ? "core" : spec.variant == "reference" ? "-" : "full",
                        spec.variant, cost(spec), parameters);
  }
  print(text + "\nA pattern matches default variants only; name another variant, or add --variants all.\n");
}

void list_targets(const Options& options) {
  std::vector<Target> targets = make_plan(options, launch_host(options), installed_slices(options)).targets;
  probe_all(targets, options);
  if (options.json) return print(targets_json(targets));
  std::string text;
  for (const Target& target : targets) {
    text += fmt::format("{:<26} {}\n", target.name, target.available ? "available" : "not available: " + escape_terminal(target.cause));
    if (!target.available && !target.remedy.empty()) text += fmt::format("{:<26}   {}\n", "", target.remedy);
    if (target.available && target.hello) {
      const Hello& hello = *target.hello;
      text += fmt::format("{:<26}   proved {} ({}), running {}{}\n", "", hello.slice, escape_terminal(hello.simd),
                          hello.translator == "native" ? "natively" : "under " + escape_terminal(hello.translator),
                          hello.blas ? ", with " + escape_terminal(*hello.blas) : "");
    }
    if (target.available) text += fmt::format("{:<26}   {}\n", "", escape_terminal(command_line(target)));
  }
  print(text);
}

void list_formats(bool json) {
  if (json) return print(formats_json(formats()));
  std::string text;
  for (const Format& format : formats()) text += fmt::format("{:<24} {}\n", format.name, format.description);
  print(text);
}

}  // namespace

int list_command(const Options& options) {
  if (options.what == "cases") list_cases(options.json);
  if (options.what == "targets") list_targets(options);
  if (options.what == "formats") list_formats(options.json);
  return 0;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "analysis/traits.hpp"

#include <algorithm>
#include <cstdio>

#include "m1bench/core/shell_words.hpp"

namespace m1bench {
namespace {

// Whole numbers in full, as costs are.
std::string text_of(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.15g", value);
  return text;
}

std::string yes_or_no(bool value) { return value ? "yes" : "no"; }

// Up to the major version, "macOS 15" of "macOS 15.6 (24G84)": within it neither kernel nor translator is another one.
std::string os_major(const std::string& os) { return os.substr(0, std::min(os.find('.'), os.find(" ("))); }

}  // namespace

bool times_programs(const Run& run) {
  return !run.cases.empty() && std::all_of(run.cases.begin(), run.cases.end(), runs_program);
}

Traits traits_of(const Run& run) {
  Traits traits{
      {"session.baseline", run.session.baseline},         // ratios to different targets have nothing in common
      {"session.quick", yes_or_no(run.session.quick)},    // shorter slots: timer and warm-up weigh more
      {"tool.build_type", run.tool.build_type},           // how much is optimised would be measured, not what
      {"tool.strict_fp", yes_or_no(run.tool.strict_fp)},  // without contraction, arithmetic is other arithmetic
  };
  // What timed code is made of; the driver's own libraries time nothing.
  for (const std::string library : {"Eigen3", "benchmark"}) {
    const auto found = run.tool.libraries.find(library);
    traits.emplace_back("tool.libraries." + library, found == run.tool.libraries.end() ? "" : found->second);
  }
  return traits;
}

Traits traits_of(const Machine& machine) {
  return {
      // Two machines of one model are two machines; virtual ones are made anew for every job, and are alike or not by the rest.
      {"machine.id", machine.virtual_machine ? "" : machine.id.value_or("")},
      {"machine.arch", machine.arch},                                           // on another one other targets are native
      {"machine.cpu", machine.cpu},                                             // caches, clock and units decide the ratios
      {"machine.logical_cpus", std::to_string(machine.logical_cpus)},           // a resized virtual machine keeps its id
      {"machine.virtual_machine", machine.virtual_machine.value_or(kNoTrait)},  // page tables of two levels, stolen time
      {"machine.os", os_major(machine.os)},                                     // page size and translator come with it
  };
}

Traits traits_of(const Run& run, const Target& target) {
  Traits traits{
      {"slice", target.slice},            // a name may be a user's own; the machine code is what counts
      {"translator", target.translator},  // and who runs it
      {"translator_version", target.translator_version.value_or("")},  // a change of the translator is none of the build
  };
  // A program of the user's is nothing but its command line: with other words it does other work.
  if (times_programs(run)) traits.emplace_back("command", quote_shell_line(target.command));
  // What a translator reads (QEMU_CPU, BOX64_DYNAREC_...) changes the code it makes.
  for (const auto& [name, value] : target.environment) traits.emplace_back("environment." + name, value);
  return traits;
}

// Every field of a case makes it other work. Costs are what rates are computed from: changed, the work was too.
Traits traits_of(const Case& item, const std::string& input_checksum) {
  Traits traits{
      {"dtype", item.dtype},
      {"variant", item.variant},
      {"seed", std::to_string(item.seed)},
      {"threads", std::to_string(item.threads)},
      {"flop", text_of(item.flop)},
      {"bytes", text_of(item.bytes)},
      {"samples", text_of(item.samples)},
      {"input_checksum", input_checksum},
  };
  for (const auto& [name, value] : item.parameters) traits.emplace_back("parameters." + name, value);
  return traits;
}

}  // namespace m1bench

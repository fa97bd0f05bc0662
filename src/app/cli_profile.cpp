// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "app/cli_options.hpp"
#include "app/cli_parts.hpp"

namespace m1bench {

void add_profile_command(CLI::App& app, Options& options) {
  auto* profile = app.add_subcommand(
      "profile", "Where the time of one case goes: its layers or operators on each target, and a timeline for ui.perfetto.dev");
  profile->add_option("case", options.patterns, "A case, or a pattern that one case matches")->required()->expected(1)->type_name("CASE");
  add_target_options(profile, options);
  add_run_options(profile, options);
  add_model(profile, options);
  profile->add_flag("--quick", options.quick, "Fewer and shorter blocks");
  profile->add_option("--steps", options.profile.trace_loops, "Loops of each target in the timeline")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  profile->add_option("-o,--output", options.out, "Folder for profile.json, profile.md and trace.json (default m1bench-results/<UTC time>)")->type_name("DIR");
  profile->add_flag("--force", options.force, "Replace a profile that is already in the output folder");
}

}  // namespace m1bench

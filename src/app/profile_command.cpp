// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>

#include "analysis/profile.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/exit_code.hpp"
#include "app/judgement.hpp"
#include "app/models.hpp"
#include "app/real_data.hpp"
#include "app/run_folder.hpp"
#include "app/session_record.hpp"
#include "app/setup.hpp"
#include "app/shareable.hpp"
#include "m1bench/core/error.hpp"
#include "platform/files.hpp"
#include "platform/interrupt.hpp"
#include "platform/terminal.hpp"
#include "report/profile_json.hpp"
#include "report/profile_report.hpp"
#include "report/trace_json.hpp"
#include "session/profile.hpp"
#include "session/verify.hpp"

namespace m1bench {
namespace {

const CaseSpec& the_case(const Options& options) {
  const auto found = cases_matching(options.patterns, false);
  if (found.size() > 1) {
    throw Error(ErrorKind::usage, "'" + options.patterns.front() + "' matches " + std::to_string(found.size()) + " cases, " +
                                      found[0]->name + " and " + found[1]->name + " among them; profile one at a time");
  }
  if (found.front()->launch) {
    throw Error(ErrorKind::usage, found.front()->name + " has nothing in it that could be profiled; `m1bench run` times it");
  }
  return *found.front();
}

// With what its operations are set against: the arithmetic of their types, and memory.
Options with_bounds(Options options, const CaseSpec& spec) {
  options.patterns = {spec.name};
  if (spec.family == "bound") return options;
  const bool known = find_case_spec("bound/" + spec.dtype) != nullptr;
  // A model of the user's own may compute in either.
  for (const std::string& dtype : known ? std::vector<std::string>{spec.dtype} : std::vector<std::string>{"f32", "i8"}) {
    options.patterns.push_back("bound/" + dtype);
  }
  options.patterns.push_back("bound/triad");
  return options;
}

// The three files of a profile.
class ProfileFolder {
 public:
  // Proves that they can be written. Throws Error.
  ProfileFolder(const std::string& path, bool force) : path_(path) {
    if (!force && std::any_of(kNames.begin(), kNames.end(), [&](const char* name) { return holds_something(file(name)); })) {
      throw Error(ErrorKind::usage, path_ + " already holds a profile; choose another folder, or replace it with --force");
    }
    make_directories(path_);
    // Left empty by a session that is killed, which is no profile.
    if (!file_exists(file(kNames[0]))) write_file_atomic(file(kNames[0]), "");
  }
  void write(const Run& run, const Profile& profile, const ProfileSamples& samples) const {
    write_file_atomic(file(kNames[0]), profile_json(run, profile));
    write_file_atomic(file(kNames[1]), profile_markdown(shareable(run, environment("HOME").value_or("")), profile));
    write_file_atomic(file(kNames[2]), trace_json(run, profile, samples));
  }
  std::string written() const {
    return "\nWritten: " + file(kNames[0]) + ", " + file(kNames[1]) + " and " + file(kNames[2]) + " (open it at https://ui.perfetto.dev)\n";
  }

 private:
  static bool holds_something(const std::string& path) { return file_exists(path) && !read_head(path, 1).empty(); }

  static constexpr std::array<const char*, 3> kNames{"profile.json", "profile.md", "trace.json"};
  std::string file(const char* name) const { return path_ + "/" + name; }
  std::string path_;
};

Limits profile_limits(const Options& options) {
  Limits limits = limits_for(options);
  if (options.quick) limits.slow_blocks = 2;
  return limits;
}

}  // namespace

int profile_command(const Options& given) {
  const CaseSpec& spec = the_case(given);
  const Options options = with_bounds(given, spec);
  if (options.dry_run) {
    print(dry_run(options));
    return 0;
  }
  Setup setup(options);
  Run& run = setup.run();
  const Limits limits = profile_limits(options);
  SessionContext context = setup.context(limits);
  context.data = unpack_real_data(options.data, run.cases, setup.scratch()).training;
  context.data.merge(unpack_models(options.model, run.cases, setup.scratch()));
  const ProfileFolder folder(options.out.empty() ? default_run_folder(run.session.started) : options.out, options.force);
  SlowBudget budget(0, limits);
  ProfileSamples samples;
  const Case& item = *find_case(run, spec.name);
  PhaseEnd end = setup.interrupted() ? PhaseEnd::interrupted : verify_cases(context, budget, true);
  if (end == PhaseEnd::done) {
    end = profile_case(context, item, {.blocks = limits.min_blocks, .trace_loops = options.profile.trace_loops}, samples);
  }
  setup.progress().clear();
  close_record(context, end, options.fake_measurer);
  const Profile profile = profile_of(run, item, samples);
  const auto write = [&] {
    folder.write(run, profile, samples);
    return folder.written();
  };
  write_and_print(write, [&] { return profile_terminal(run, profile, terminal_style(options.color)); });
  if (end == PhaseEnd::interrupted) print("Interrupted: the blocks that were complete are in them.\n");
  if (interrupted() != 0) return exit_code_of_signal(interrupted());
  return leave(judge(run, true));
}

}  // namespace m1bench

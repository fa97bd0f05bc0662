// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <utility>

#include "analysis/doctor.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/exit_code.hpp"
#include "app/fake_machine.hpp"
#include "app/machine.hpp"
#include "app/plan.hpp"
#include "app/probing.hpp"
#include "app/setup.hpp"
#include "app/shareable.hpp"
#include "platform/macos_facts.hpp"
#include "platform/process.hpp"
#include "platform/terminal.hpp"
#include "report/doctor.hpp"
#include "report/doctor_json.hpp"

namespace m1bench {
namespace {

// Every installation should have these: AVX-512 is for no Mac, and other tiers are optional.
std::vector<DoctorSlice> expected_slices(const LaunchHost& host, const std::vector<SliceFile>& files) {
  std::vector<DoctorSlice> slices;
  for (const SliceKind& kind : slice_kinds()) {
    const auto file = std::find_if(files.begin(), files.end(), [&](const SliceFile& one) { return one.slice == kind.name; });
    const bool expected = !kind.optional && !(host.os == "macos" && kind.name == "x86_64-v4");
    if (file != files.end()) {
      slices.push_back({std::string(kind.name), file->path});
    } else if (expected) {
      slices.push_back({std::string(kind.name), std::nullopt});
    }
  }
  return slices;
}

// Without those whose translator, or whose slice, is for other machines.
std::vector<DoctorTarget> probed(const Options& options, const LaunchHost& host, const std::vector<SliceFile>& files) {
  std::vector<Target> targets = make_plan(options, host, files).targets;
  std::erase_if(targets, [&](const Target& target) {
    const bool elsewhere = target.cause.starts_with("only on");
    return elsewhere || (host.os == "macos" && target.slice == "x86_64-v4" && target.command.empty());
  });
  std::vector<DoctorTarget> entries;
  for (const Target& target : targets) entries.push_back({{}, target.available});
  probe_all(targets, options);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    Target& target = targets[i];
    if (target.available && !options.fake_measurer)
      target.translator_version = translator_version(target.translator, target.command);
    entries[i].target = std::move(target);
  }
  return entries;
}

// What `arch -x86_64` makes of a program that exits with 0. Its own failures are exit code 1, for a missing slice as for a
// missing Rosetta; whatever else came out says nothing about Rosetta.
std::optional<bool> runs_translated(const std::vector<std::string>& program) {
  constexpr std::size_t kMostBytes = 4096;
  constexpr double kPatience_s = 20;
  std::vector<std::string> words{"/usr/bin/arch", "-x86_64"};
  words.insert(words.end(), program.begin(), program.end());
  const CommandOutput told = run_command({std::move(words), {}, {}}, kMostBytes, kPatience_s);
  if (!told.started || told.exit.exit_code.value_or(2) > 1) return std::nullopt;
  return told.exit.exit_code == 0;
}

// Only running something tells: the files that Rosetta leaves behind prove nothing. Our own slice was seen in its file, so that
// nothing but Rosetta can be missing to it; without one a program that every Mac has must do.
std::optional<bool> has_rosetta(const LaunchHost& host, const std::vector<SliceFile>& files,
                                const std::vector<DoctorTarget>& entries) {
  if (host.os != "macos" || host.arch != "arm64") return std::nullopt;
  const auto works = [](const DoctorTarget& entry) { return entry.target.translator == "rosetta2" && entry.target.available; };
  if (std::any_of(entries.begin(), entries.end(), works)) return true;
  const auto own = std::find_if(files.begin(), files.end(), [](const SliceFile& file) { return file.slice == "x86_64-v2"; });
  std::optional<bool> runs;
  if (own != files.end()) runs = runs_translated({own->path, "--version"});
  return runs ? runs : runs_translated({"/usr/bin/true"});
}

// Takes the lock for a moment: a session that wants it in that moment is told that another one measures.
void look_at_lock(DoctorFacts& facts) {
  try {
    int holder = 0;
    if (!MachineLock::try_acquire(holder)) facts.measuring = holder;
  } catch (const Error& error) {
    facts.lock_trouble = error.what();
  }
}

// People paste this where they ask for help.
void hide_home(DoctorFacts& facts) {
  const std::string home = environment("HOME").value_or("");
  Run run;
  for (DoctorTarget& entry : facts.targets) run.targets.push_back(std::move(entry.target));
  run = shareable(std::move(run), home);
  for (std::size_t i = 0; i < facts.targets.size(); ++i) facts.targets[i].target = std::move(run.targets[i]);
  for (DoctorSlice& slice : facts.slices) {
    if (slice.path) slice.path = shareable(std::move(*slice.path), home);
  }
}

DoctorFacts gather(const Options& options) {
  const LaunchHost host = launch_host(options);
  const std::vector<SliceFile> files = installed_slices(options);
  DoctorFacts facts;
  facts.tool = options.fake_measurer ? fake_tool() : this_tool();
  facts.machine = options.fake_measurer ? fake_machine() : this_machine();  // before the probes, which are a load of their own
  facts.macos = macos_major(facts.machine.os);
  facts.slices = expected_slices(host, files);
  facts.targets = probed(options, host, files);
  facts.rosetta = has_rosetta(host, files, facts.targets);
  if (!options.fake_measurer) look_at_lock(facts);
  hide_home(facts);
  return facts;
}

}  // namespace

int doctor_machine(const Options& options) {
  const DoctorFacts facts = gather(options);
  const std::vector<Diagnosis> found = diagnose(facts);
  print(options.json ? doctor_json(facts, found) : doctor_report(facts, found, terminal_style(options.color)));
  const bool problem =
      std::any_of(found.begin(), found.end(), [](const Diagnosis& one) { return one.severity == Severity::problem; });
  return leave(problem ? ExitCode::target_missing : ExitCode::fine);
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "app/exec_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/console.hpp"
#include "app/plan.hpp"
#include "app/setup.hpp"
#include "exec/parameters.hpp"
#include "exec/program_targets.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/core/shell_words.hpp"
#include "platform/files.hpp"
#include "platform/process.hpp"
#include "platform/sha256.hpp"
#include "report/utf8.hpp"

namespace m1bench {
namespace {

// Enough for the architectures of every program.
constexpr std::size_t kHead = 4096;

ExecutableFile fake_program() { return {ExecutableFormat::elf, ExecutableKind::program, {{.arch = "x86_64", .kind = ExecutableKind::program}}, ""}; }

std::string why_not_found(const std::string& word) {
  if (word.find('/') == std::string::npos) return " was not found in PATH; correct its name, or give its path, ./" + word;
  const FileKind kind = file_kind(word);
  if (kind == FileKind::none) return " was not found; correct its path";
  if (kind == FileKind::folder) return " is a folder; name a program in it";
  return " may not be executed; compile it if it is source code, or allow it with chmod +x";
}

std::vector<Target> targets_behind_dashes(const Options& options) {
  const std::vector<std::string>& words = options.exec.command;
  const LaunchHost host = launch_host(options);
  if (options.fake_measurer) return targets_of_program(words, fake_program(), host, translators_for(host));
  const auto path = find_program(words.front());
  if (!path) throw Error(ErrorKind::target, words.front() + why_not_found(words.front()));
  std::vector<std::string> found = words;
  found.front() = *path;  // translators do not look in PATH
  std::vector<Target> targets = targets_of_program(found, read_executable(read_head(*path, kHead)), host, translators_for(host));
  for (Target& target : targets) {
    target.sha256 = sha256_of_file(*path);
    target.translator_version = translator_version(target.translator, target.command);
  }
  return targets;
}

// An argument may name anything, a pipe or a file of somebody else's too.
bool holds_machine_code(const std::string& path) {
  try {
    return file_exists(path) && read_executable(read_head(path, kHead)).format != ExecutableFormat::none;
  } catch (const Error&) {
    return false;
  }
}

// The user's program of a command line that may begin with a translator and its options: the first later word that names a file
// with machine code, else what the line starts.
std::optional<std::string> program_of(const std::vector<std::string>& command) {
  const auto found = std::find_if(command.begin() + 1, command.end(), holds_machine_code);
  if (found != command.end()) return *found;
  return find_program(command.front());
}

std::vector<Target> targets_of_lines(const Options& options) {
  std::vector<Target> targets = targets_of_commands(options.exec.native, options.exec.translated);
  if (options.fake_measurer) return targets;
  for (Target& target : targets) {
    // An argument of a native program may be a program too; the one that is timed stands first.
    const auto program = target.translator == "native" ? find_program(target.command.front()) : program_of(target.command);
    if (program) target.sha256 = sha256_of_file(*program);
    target.translator_version = translator_version(target.translator, target.command);
  }
  return targets;
}

void check_options(const ExecOptions& exec) {
  if (exec.command.empty() && exec.native.empty()) {
    throw Error(ErrorKind::usage, "say what to run: m1bench exec -- ./prog ARGUMENTS, or --native CMD --translated CMD");
  }
  if (!exec.command.empty() && !exec.native.empty()) {
    throw Error(ErrorKind::usage, "give either a program behind `--`, or --native and --translated");
  }
  const FileKind input = file_kind(exec.input);
  if (!exec.input.empty() && input != FileKind::regular && input != FileKind::character_device) {
    throw Error(ErrorKind::usage, "--input " + exec.input + " is neither a regular file nor a device; give a file, which each execution can read from its beginning");
  }
  if (exec.gbench && !exec.parameters.empty()) {
    throw Error(ErrorKind::usage, "--gbench compares a program's own benchmarks, and --parameter would make others of them; leave out one of the two");
  }
}

// For a file in UTF-8, in which no two names become one: a byte that is not UTF-8 as \xFF, a backslash as two.
std::string printable(std::string_view text) {
  std::string name;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    const auto bytes = static_cast<std::size_t>(point.bytes);
    if (!point.valid) name += fmt::format("\\x{:02X}", static_cast<unsigned>(point.value));
    else if (point.value == U'\\') name += "\\\\";
    else name += text.substr(0, bytes);
    text.remove_prefix(bytes);
  }
  return name;
}

std::vector<Case> cases_of(const Options& options, const std::vector<Target>& targets) {
  const ExecOptions& exec = options.exec;
  std::vector<ScanParameter> parameters;
  for (const std::string& text : exec.parameters) parameters.push_back(parse_parameter(text));
  const std::vector<std::string>& words = exec.command.empty() ? targets.front().command : exec.command;
  std::vector<Case> cases;
  for (const Values& values : combinations(parameters)) {
    Case item;
    item.name = printable("exec/" + program_name(words) + suffix_of(parameters, values));
    item.family = "exec";
    item.variant = exec.gbench ? "gbench" : "program";
    item.seed = options.seed.value_or(1);
    item.threads = exec.threads.empty() ? 0 : parse_threads(exec.threads);
    item.parameters = values;
    if (!exec.prepare.empty()) item.parameters[kPreparation] = exec.prepare;
    cases.push_back(std::move(item));
  }
  return cases;
}

// A parameter that stands nowhere would be a scan of one and the same program.
void check_use(const ExecPlan& plan, const ExecOptions& exec) {
  for (const auto& [name, value] : plan.cases.front().parameters) {
    if (name == kPreparation) continue;
    const std::string place = "{" + name + "}";
    const auto has = [&](const std::string& text) { return text.find(place) != std::string::npos; };
    const bool used = has(exec.prepare) || std::any_of(plan.targets.begin(), plan.targets.end(), [&](const Target& target) {
                        return std::any_of(target.command.begin(), target.command.end(), has);
                      });
    if (!used) throw Error(ErrorKind::usage, "--parameter " + name + ": there is no " + place + " in any command line");
  }
}

// A place that nothing fills may be the program's own, as in awk '{print}', or a forgotten --parameter.
void warn_of_unfilled_places(const ExecPlan& plan, const ExecOptions& exec) {
  std::set<std::string> names = places(exec.prepare);
  for (const Target& target : plan.targets) {
    for (const std::string& word : target.command) names.merge(places(word));
  }
  for (const std::string& name : names) {
    if (plan.cases.front().parameters.contains(name)) continue;
    complain("{" + name + "} is left as it is, for there is no --parameter " + name);
  }
}

}  // namespace

ExecPlan make_exec_plan(const Options& options) {
  check_options(options.exec);
  ExecPlan plan;
  plan.targets = options.exec.command.empty() ? targets_of_lines(options) : targets_behind_dashes(options);
  for (const std::string& text : options.environment) apply_environment(plan.targets, text);
  const auto native = std::find_if(plan.targets.begin(), plan.targets.end(), [](const Target& target) { return target.translator == "native"; });
  plan.baseline = !options.baseline.empty() ? find_target_named(plan.targets, options.baseline).name
                                            : (native == plan.targets.end() ? plan.targets.front() : *native).name;
  plan.cases = cases_of(options, plan.targets);
  check_use(plan, options.exec);
  if (!options.quiet) warn_of_unfilled_places(plan, options.exec);
  return plan;
}

std::string dry_exec(const ExecPlan& plan, const ExecOptions& options) {
  std::string text = "# in every block, each of these several times and in turns:\n";
  for (const Case& item : plan.cases) {
    for (const Target& target : plan.targets) {
      Target filled = target;
      filled.command = substituted(target.command, item.parameters);
      if (!options.prepare.empty()) text += "/bin/sh -c " + quote_shell_word(substituted(options.prepare, item.parameters)) + "  # before each\n";
      text += command_line(filled) + " < " + quote_shell_word(options.input.empty() ? "/dev/null" : options.input) + "  # " + item.name + " on " + target.name + "\n";
    }
  }
  return text;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "launch/translators.hpp"

#include <algorithm>
#include <array>

#include "launch/slices.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/core/shell_words.hpp"
#include "m1bench/core/text.hpp"
#include "platform/build_info.hpp"
#include "platform/process.hpp"

namespace m1bench {
namespace {

// "" in os or host_arch stands for any. The first of `programs` that exists is used, the rest are its other names; an empty
// list needs no program. A row that names a binfmt interpreter is found by that instead.
struct Row {
  std::string_view name, os, host_arch, guest_arch;
  std::array<std::string_view, 2> programs;
  std::string_view argument;
  std::string_view binfmt_interpreter;
  std::string_view environment;  // "NAME=VALUE"
  std::string_view remedy;
};
constexpr std::string_view kInstallRosetta = "softwareupdate --install-rosetta --agree-to-license";
constexpr std::array<Row, 10> kRows{{
    {"native", "linux", "arm64", "arm64", {}, "", "", "", ""},
    {"native", "linux", "x86_64", "x86_64", {}, "", "", "", ""},
    // `arch` also rescues a driver that was itself started translated.
    {"native", "macos", "arm64", "arm64", {"/usr/bin/arch"}, "-arm64", "", "", ""},
    {"native", "macos", "x86_64", "x86_64", {}, "", "", "", ""},
    {"rosetta2", "macos", "arm64", "x86_64", {"/usr/bin/arch"}, "-x86_64", "", "", kInstallRosetta},
    {"qemu-user", "linux", "x86_64", "arm64", {"qemu-aarch64", "qemu-aarch64-static"}, "", "", "", "apt install qemu-user"},
    {"qemu-user", "linux", "", "x86_64", {"qemu-x86_64", "qemu-x86_64-static"}, "", "", "", "apt install qemu-user"},
    {"box64", "linux", "arm64", "x86_64", {"box64"}, "", "", "BOX64_NOBANNER=1", "install box64 (https://box86.org)"},
    {"fex", "linux", "arm64", "x86_64", {"FEX", "FEXInterpreter"}, "", "", "", "install FEX (https://fex-emu.com)"},
    {"rosetta-linux", "linux", "arm64", "x86_64", {}, "", "rosetta", "", "start the virtual machine with Rosetta enabled"},
}};

// The variables by which a translator is set. What of them the user has set counts as the target's own, so that a run tells it.
struct Settings {
  std::string_view translator, prefix;
};
constexpr std::array<Settings, 5> kSettings{
    {{"rosetta2", "ROSETTA_"}, {"rosetta-linux", "ROSETTA_"}, {"qemu-user", "QEMU_"}, {"box64", "BOX64_"}, {"fex", "FEX_"}}};

void take_inherited_settings(const LaunchHost& host, Translator& translator) {
  for (const Settings& row : kSettings) {
    if (row.translator != translator.name) continue;
    for (const std::string& entry : host.environment) {
      const auto equals = entry.find('=');
      if (entry.starts_with(row.prefix) && equals != std::string::npos) {
        translator.environment[entry.substr(0, equals)] = entry.substr(equals + 1);
      }
    }
  }
}

bool runs_on(const Row& row, const LaunchHost& host) {
  return (row.os.empty() || row.os == host.os) && (row.host_arch.empty() || row.host_arch == host.arch);
}

std::string system_name(std::string_view os) { return os == "macos" ? "macOS" : "Linux"; }

std::string last_component(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

// Interpreters are recognised by their file's name: the folder differs between virtual machine managers.
std::optional<std::string> registered_interpreter(const LaunchHost& host, std::string_view name) {
  for (const BinfmtEntry& entry : host.binfmt) {
    if (entry.enabled && last_component(entry.interpreter) == name) return entry.interpreter;
  }
  return std::nullopt;
}

void find_prefix(const Row& row, const LaunchHost& host, Translator& translator) {
  if (!row.binfmt_interpreter.empty()) {
    if (const auto path = registered_interpreter(host, row.binfmt_interpreter)) {
      translator.prefix = {*path};
    } else {
      translator.cause = "no binfmt_misc entry names an interpreter called " + std::string(row.binfmt_interpreter);
    }
    return;
  }
  if (row.programs[0].empty()) return;
  for (const std::string_view program : row.programs) {
    if (program.empty()) continue;
    if (const auto path = host.find_program(std::string(program))) {
      translator.prefix = {*path};
      if (!row.argument.empty()) translator.prefix.emplace_back(row.argument);
      return;
    }
  }
  translator.cause = std::string(row.programs[0]) + " is not installed";
}

Translator matched(const Row& row, const LaunchHost& host) {
  Translator translator{.name = std::string(row.name), .guest_arch = std::string(row.guest_arch), .remedy = std::string(row.remedy)};
  if (!row.environment.empty()) {
    const auto equals = row.environment.find('=');
    translator.environment.emplace(row.environment.substr(0, equals), row.environment.substr(equals + 1));
  }
  take_inherited_settings(host, translator);
  if (!runs_on(row, host)) {
    const std::string machine = row.host_arch.empty() ? "" : std::string(row.host_arch) + " ";
    translator.cause = "only on " + machine + system_name(row.os);
    translator.remedy.clear();
    return translator;
  }
  find_prefix(row, host, translator);
  if (translator.available()) translator.remedy.clear();
  return translator;
}

}  // namespace

std::vector<Translator> translators_for(const LaunchHost& host) {
  std::vector<Translator> all;
  for (const Row& row : kRows) all.push_back(matched(row, host));
  return all;
}

Translator parse_translator(std::string_view option, const LaunchHost& host) {
  const std::string where = "--translator '" + std::string(option) + "': ";
  const auto equals = option.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    throw Error(ErrorKind::usage, where + "expected NAME[:SLICE,...]=WORDS, for example my-qemu:arm64='qemu-aarch64 -cpu max'");
  }
  Translator translator;
  translator.custom = true;
  const std::string_view left = option.substr(0, equals);
  const auto colon = left.find(':');
  translator.name = std::string(left.substr(0, colon));
  const bool plain = !translator.name.empty() && translator.name.find_first_of("/, \t\n") == std::string::npos;
  if (!plain || translator.name == "native") {
    throw Error(ErrorKind::usage, where + "a translator's name is one word without '/' or ',', and not `native`");
  }
  if (colon != std::string_view::npos) {
    for (const std::string& word : split(left.substr(colon + 1), ',')) {
      const std::string slice = canonical_slice(word);
      if (!find_slice_kind(slice)) throw Error(ErrorKind::usage, where + "there is no slice '" + word + "'");
      translator.slices.push_back(slice);
    }
  } else {
    translator.guest_arch = host.arch == "arm64" ? "x86_64" : "arm64";
  }
  translator.prefix = split_shell_words(option.substr(equals + 1));
  if (translator.prefix.empty()) throw Error(ErrorKind::usage, where + "no command after '='");
  return translator;
}

std::optional<std::string> translator_version(const std::string& translator, const std::vector<std::string>& command) {
  constexpr std::array<std::string_view, 3> kTold{"qemu-user", "box64", "fex"};
  if (command.empty() || std::find(kTold.begin(), kTold.end(), translator) == kTold.end()) return std::nullopt;
  constexpr std::size_t kLongest = 4096;
  constexpr double kPatience_s = 5;
  const CommandOutput told = run_command({.command = {command.front(), "--version"}}, kLongest, kPatience_s);
  const std::string line = told.out.substr(0, told.out.find('\n'));
  if (!told.started || told.exit.exit_code != 0 || line.empty()) return std::nullopt;
  return line;
}

LaunchHost this_host() {
  const HostFacts facts = host_facts();
  return {.os = facts.os.starts_with("macOS") ? "macos" : "linux", .arch = facts.arch, .find_program = find_program, .binfmt = binfmt_entries(),
          .environment = inherited_environment(), .openblas = build_info().libraries.contains("OpenBLAS")};
}

}  // namespace m1bench

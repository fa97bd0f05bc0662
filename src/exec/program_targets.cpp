// SPDX-License-Identifier: Apache-2.0
#include "exec/program_targets.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "m1bench/core/error.hpp"
#include "m1bench/core/shell_words.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

constexpr const char* kByHand = "give both command lines with --native CMD --translated CMD";

// A word before `=`, as a target may be called; "" if the text does not begin with one.
std::string name_before_equals(const std::string& text) {
  const auto end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");
  return end != std::string::npos && end > 0 && text[end] == '=' ? text.substr(0, end) : "";
}

// Translators that are known by their program, whatever the user calls the target: by them the file tells what was compared.
struct KnownProgram {
  std::string_view beginning, translator;
};
constexpr std::array<KnownProgram, 3> kKnownPrograms{{{"qemu-", "qemu-user"}, {"box64", "box64"}, {"FEX", "fex"}}};

std::string translator_of(const std::vector<std::string>& command, const std::string& otherwise) {
  const std::string program = program_name(command);
  for (const KnownProgram& row : kKnownPrograms) {
    if (program.starts_with(row.beginning)) return std::string(row.translator);
  }
  return otherwise;
}

Target command_target(const std::string& name, const std::string& line, const std::string& option) {
  Target target;
  target.name = name;
  target.command = split_shell_words(line);
  if (target.command.empty() || target.command.front().empty()) throw Error(ErrorKind::usage, option + " has no command");
  target.translator = name == "native" ? name : translator_of(target.command, name);
  target.named = target.available = true;
  return target;
}

void refuse_what_is_no_program(const std::string& name, const ExecutableFile& file) {
  if (!file.reason.empty()) throw Error(ErrorKind::usage, name + " is damaged: " + file.reason);
  const std::string otherwise = std::string(", which holds no machine code of its own; ") + kByHand;
  if (file.format == ExecutableFormat::none) throw Error(ErrorKind::usage, name + " is a script or of no known format" + otherwise);
  const bool runs = file.kind == ExecutableKind::program || file.kind == ExecutableKind::library;  // position-independent programs
  if (!runs) throw Error(ErrorKind::usage, name + " is no program but of the kind " + std::string(name_of(file.kind)) + "; " + kByHand);
}

// "qemu-user (qemu-x86_64 is not installed; apt install qemu-user)"
std::string lacking(const Translator& translator) {
  return translator.name + " (" + translator.cause + (translator.remedy.empty() ? "" : "; " + translator.remedy) + ")";
}

}  // namespace

std::vector<Target> targets_of_program(const std::vector<std::string>& words, const ExecutableFile& file, const LaunchHost& host,
                                       std::span<const Translator> translators) {
  refuse_what_is_no_program(words.front(), file);
  std::vector<Target> targets;
  std::vector<std::string> archs, missing;
  for (const ExecutableSlice& slice : file.slices) {
    archs.push_back(slice.arch);
    for (const Translator& translator : translators) {
      if (translator.guest_arch != slice.arch || translator.cause.starts_with("only on")) continue;
      if (translator.name == "native" && slice.arch != host.arch) continue;
      if (!translator.available()) {
        missing.push_back(lacking(translator));
        continue;
      }
      Target target;
      target.name = slice.arch + "/" + translator.name;
      target.slice = slice.arch;
      target.translator = translator.name;
      target.command = translator.prefix;
      target.command.insert(target.command.end(), words.begin(), words.end());
      target.environment = translator.environment;
      target.available = true;
      targets.push_back(std::move(target));
    }
  }
  if (targets.size() >= 2) return targets;
  const std::string found = targets.empty() ? "nothing here runs it" : "the one way to run it here is " + targets.front().translator;
  const std::string wanted = missing.empty() ? "" : ", without " + join_words(missing);
  throw Error(ErrorKind::target, words.front() + " holds " + join_words(archs) + " code, and " + found + wanted + "; " + kByHand);
}

std::vector<Target> targets_of_commands(const std::string& native, std::span<const std::string> translated) {
  std::vector<Target> targets{command_target("native", native, "--native")};
  for (const std::string& text : translated) {
    const std::string name = name_before_equals(text);
    Target target = command_target(name.empty() ? "translated" : name, name.empty() ? text : text.substr(name.size() + 1), "--translated");
    const bool taken = std::any_of(targets.begin(), targets.end(), [&](const Target& other) { return other.name == target.name; });
    if (taken) {
      throw Error(ErrorKind::usage, "two targets are called " + target.name + "; name them: --translated NAME='" + (name.empty() ? text : "CMD") + "'");
    }
    targets.push_back(std::move(target));
  }
  if (targets.size() < 2) throw Error(ErrorKind::usage, "--native alone has nothing to be compared with; add --translated CMD");
  return targets;
}

std::string program_name(const std::vector<std::string>& words) {
  const std::string& path = words.front();
  const auto end = path.find_last_not_of('/');
  const std::string name = end == std::string::npos ? path : path.substr(0, end + 1);
  return name.substr(name.find_last_of('/') + 1);
}

}  // namespace m1bench

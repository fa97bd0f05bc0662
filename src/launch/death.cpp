// SPDX-License-Identifier: Apache-2.0
#include "launch/death.hpp"

#include <cerrno>
#include <csignal>
#include <string_view>

#include "launch/slices.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

// The last line that is not empty, for a cause of one line.
std::string last_line(std::string_view text) {
  const auto end = text.find_last_not_of(" \r\n");
  if (end == std::string_view::npos) return "";
  text = text.substr(0, end + 1);
  const auto newline = text.find_last_of('\n');
  if (newline != std::string_view::npos) text.remove_prefix(newline + 1);
  constexpr std::size_t kLongest = 200;
  return plain_text(text, kLongest);
}

std::string quoted_tail(const std::string& error_tail) {
  const std::string line = last_line(error_tail);
  return line.empty() ? "" : " (it said: " + line + ")";
}

Death killed(const Target& target, const LastSeen& seen, int signal) {
  Death death{"killed by " + signal_name(signal) + " during " + seen.during + quoted_tail(seen.error_tail), "", false};
  if (signal == SIGILL) {
    death.remedy = "the CPU or translator does not execute " + target.slice + " instructions; use a lower tier";
  } else if (signal == SIGKILL) {
    death.remedy = "something ended it from outside, often for lack of memory (macOS: a broken code signature); close programs and repeat";
  } else {
    death.remedy = "run the worker by hand (`m1bench list targets` shows how) and report what it prints";
  }
  return death;
}

// Shells and `arch` report what became of their child as an exit code.
Death exited(const Target& target, const LastSeen& seen, int code, const std::optional<ExecutableFile>& file) {
  constexpr std::string_view kBadCpuType = "Bad CPU type in executable";
  if (code > 128 && code < 128 + 32 && target.translator != "native") return killed(target, seen, code - 128);
  if (seen.error_tail.find(kBadCpuType) != std::string::npos) return explain_bad_cpu_type(target, worker_file(target), file);
  return {"ended with exit code " + std::to_string(code) + " during " + seen.during + quoted_tail(seen.error_tail),
          "run its command by hand (`m1bench list targets` shows it)", false};
}

// What a file holds, for a sentence: "arm64 and x86_64".
std::string held(const ExecutableFile& file) {
  std::vector<std::string> names;
  for (const ExecutableSlice& slice : file.slices) names.push_back(slice.arch);
  return join_words(names);
}

// What is wrong with the file whatever machine it is on; nothing if it is a program.
std::optional<Death> explain_no_program(const std::string& path, const ExecutableFile& file) {
  if (!file.reason.empty()) return Death{path + " is damaged: " + file.reason, "rebuild or reinstall it", false};
  if (!file.slices.empty()) return std::nullopt;
  return Death{path + " is no program", "rebuild or reinstall it, or correct its path", false};
}

}  // namespace

std::string plain_text(std::string_view text, std::size_t longest) {
  std::string plain(text.substr(0, longest));
  for (char& c : plain) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < ' ' || byte == 0x7F) c = ' ';
  }
  return text.size() > longest ? plain + "..." : plain;
}

std::string worker_file(const Target& target) {
  const std::size_t words = target.command.size();
  return words >= 2 && target.command.back() == "worker" ? target.command[words - 2] : "";
}

Death explain_bad_cpu_type(const Target& target, const std::string& path, const std::optional<ExecutableFile>& file) {
  constexpr std::string_view kRemedy = "install Rosetta 2: softwareupdate --install-rosetta --agree-to-license";
  const SliceKind* kind = find_slice_kind(target.slice);
  const std::string arch(kind ? kind->arch : target.slice);
  if (!file) {
    return {"macOS found no way to run the " + target.slice + " slice (Bad CPU type in executable)",
            "if `arch -x86_64 /usr/bin/true` fails too, " + std::string(kRemedy), false};
  }
  if (auto death = explain_no_program(path, *file)) return *std::move(death);
  if (file->format == ExecutableFormat::elf) return {path + " is a program for Linux", "use a build for macOS", false};
  if (!file->holds(arch)) {
    return {path + " holds " + held(*file) + ", no " + arch, "rebuild or reinstall every slice together", false};
  }
  if (arch == "x86_64") {
    return {"Rosetta 2 is not installed: macOS cannot run the x86_64 code in " + path, std::string(kRemedy), false};
  }
  return {"this Mac cannot run the " + arch + " code in " + path, "leave it out with --targets", false};
}

Death explain_death(const Target& target, const LastSeen& seen, const std::optional<ExecutableFile>& file) {
  switch (seen.status) {
    case ReadStatus::interrupted: return {"interrupted", "", true};
    case ReadStatus::timed_out:
      return {"no answer to " + seen.during + " within " + format_seconds(seen.timeout_s) + quoted_tail(seen.error_tail),
              "give it more time with --case-timeout, or leave it out with --targets", false};
    case ReadStatus::line:
    case ReadStatus::too_long: {
      constexpr std::size_t kShown = 60;
      return {"wrote something that is not an answer during " + seen.during + ": '" + plain_text(seen.partial, kShown) + "'",
              "the command does not start a worker of this m1bench, or something else writes to its standard output", false};
    }
    case ReadStatus::end: break;
  }
  if (seen.exit.signal) return killed(target, seen, *seen.exit.signal);
  return exited(target, seen, seen.exit.exit_code.value_or(0), file);
}

Death explain_spawn_error(const Target& target, const Child::SpawnError& error, const std::optional<ExecutableFile>& file) {
  constexpr int kBadArchitecture = 86;  // EBADARCH, macOS only
  const std::string program = target.command.empty() ? target.name : target.command.front();
  if (error.error_number == ENOENT) return {program + " was not found", "install it, or correct its path", false};
  if (error.error_number == EACCES) return {program + " may not be executed", "check its permissions", false};
  if (error.error_number == kBadArchitecture) return explain_bad_cpu_type(target, program, file);
  if (error.error_number == ENOEXEC) {
    if (file) {
      if (auto death = explain_no_program(program, *file)) return *std::move(death);
    }
    const std::string holding = file ? ", which holds " + held(*file) : "";
    return {"this machine cannot execute " + program + holding, "run it through a translator (`m1bench list targets`)", false};
  }
  return {"could not start " + error.message, "", false};
}

std::optional<Death> refuse(const Target& target, const Hello& hello, const std::string& own_build_id) {
  constexpr std::size_t kLongestName = 40;
  const auto said = [](const std::string& name) { return plain_text(name, kLongestName); };
  const SliceKind* kind = find_slice_kind(target.slice);
  const std::string wanted_arch = kind ? std::string(kind->arch) : target.slice;
  if (hello.protocol != kProtocol) {
    const bool of_two_builds = !target.side.empty() && target.side != "control";
    return Death{"speaks protocol " + std::to_string(hello.protocol) + ", not " + std::to_string(kProtocol),
                 of_two_builds ? "compare builds whose workers speak the same protocol" : "rebuild every slice together", false};
  }
  if (hello.arch != wanted_arch || hello.slice != target.slice) {
    return Death{"asked for the slice " + target.slice + ", but " + said(hello.slice) + " answered", "rebuild every slice together", false};
  }
  // A translator of the user's own may be one that does not show, or a wrapper around one that does.
  const bool native_asked = target.translator == "native", native_seen = hello.translator == "native";
  if (native_asked && !native_seen) {
    return Death{"asked to run natively, but runs under " + said(hello.translator), "start m1bench from a native shell", false};
  }
  if (target.translator == "rosetta2" && hello.translator != "rosetta2") {
    return Death{"asked to run under Rosetta 2, but reports " + said(hello.translator), "check `arch -x86_64 /usr/bin/true`", false};
  }
  if (hello.build_id != own_build_id) {
    return Death{"is of another build (" + said(hello.build_id) + ", not " + own_build_id + ")", "rebuild or reinstall every slice together", false};
  }
  return std::nullopt;
}

}  // namespace m1bench

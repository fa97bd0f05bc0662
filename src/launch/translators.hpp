// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/host.hpp"

namespace m1bench {

// What the translator table is matched against: the machine, as far as launching cares. A plain value, so that every row
// can be tested on every machine.
struct LaunchHost {
  std::string os;    // "linux", "macos"
  std::string arch;  // of the machine: "x86_64", "arm64"
  std::function<std::optional<std::string>(const std::string&)> find_program;
  std::vector<BinfmtEntry> binfmt;
  std::vector<std::string> environment;  // "NAME=VALUE", what workers inherit
  bool openblas = false;  // the build has it in the slices of the host's architecture
};
LaunchHost this_host();

// How slices of one architecture are started: the words before the worker's file, and the environment. `native` is the
// translator that does nothing.
struct Translator {
  std::string name;                // "qemu-user"
  std::string guest_arch;          // "arm64"
  std::vector<std::string> slices; // only these; empty: every slice of guest_arch
  std::vector<std::string> prefix;
  std::map<std::string, std::string> environment;
  bool custom = false;             // from --translator
  std::string cause, remedy;       // why it cannot be used here; empty if it can
  bool available() const { return cause.empty(); }
};

// Every row of the table, with what is missing said in `cause`.
std::vector<Translator> translators_for(const LaunchHost& host);

// What the target's translator says of its version, on one line; nothing for a native target, for Rosetta, and for translators
// of the user's own, which may do anything when asked.
std::optional<std::string> translator_version(const std::string& translator, const std::vector<std::string>& command);

// "NAME[:SLICE,...]=words": a translator of the user's own, words split as a POSIX shell quotes. Without slices it serves
// those that the host does not execute itself. Throws Error(usage).
Translator parse_translator(std::string_view option, const LaunchHost& host);

}  // namespace m1bench

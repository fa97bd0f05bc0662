// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/terminal.hpp"
#include "result/model.hpp"

namespace m1bench {

struct FormatOptions {
  TerminalStyle style;
  std::string target;  // for formats that tell of one target
};

// The one table of output formats: what `list formats` prints and `--format` accepts.
struct Format {
  std::string_view name;
  std::string_view description;
  bool needs_target;
  // Text, or bytes for a format that is none; a pure function of the run.
  std::string (*write)(const Run& run, const FormatOptions& options);
  bool binary = false;  // bytes that would confuse a terminal
};

std::span<const Format> formats();

// Throws Error(usage) with the nearest name if there is none of that name.
const Format& format_named(std::string_view name);

}  // namespace m1bench

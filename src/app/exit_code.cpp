// SPDX-License-Identifier: Apache-2.0
#include "app/exit_code.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

namespace m1bench {
namespace {

constexpr std::array<ExitCodeRow, 8> kExitCodes{{
    {ExitCode::fine, "fine"},
    {ExitCode::regression, "regression"},
    {ExitCode::usage, "usage, unreadable or unwritable file, wrong schema"},
    {ExitCode::unsure, "unsure"},
    {ExitCode::wrong_answer, "wrong answers, within or between targets"},
    {ExitCode::not_comparable, "not comparable"},
    {ExitCode::target_missing, "a target that was named could not run, or nothing but the baseline did; `doctor`: something cannot work"},
    {ExitCode::internal, "internal error"},
}};
constexpr std::array kByImportance{ExitCode::usage, ExitCode::wrong_answer, ExitCode::not_comparable,
                                   ExitCode::target_missing, ExitCode::regression, ExitCode::unsure};

}  // namespace

std::span<const ExitCodeRow> exit_codes() { return kExitCodes; }

ExitCode most_important(std::initializer_list<ExitCode> codes) {
  for (const ExitCode code : kByImportance) {
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) return code;
  }
  return ExitCode::fine;
}

ExitCode exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
    case ErrorKind::data:
    case ErrorKind::io: return ExitCode::usage;
    case ErrorKind::unlike: return ExitCode::not_comparable;
    case ErrorKind::target: return ExitCode::target_missing;
    case ErrorKind::memory:
    case ErrorKind::internal: break;
  }
  return ExitCode::internal;
}

int leave(ExitCode code) {
  const int number = static_cast<int>(code);
  const auto row = std::find_if(kExitCodes.begin(), kExitCodes.end(), [&](const ExitCodeRow& known) { return known.code == code; });
  if (code != ExitCode::fine && row != kExitCodes.end()) {
    std::fprintf(stderr, "m1bench: exit code %d: %s\n", number, std::string(row->meaning).c_str());
  }
  return number;
}

int exit_code_of_signal(int signal) { return 128 + signal; }

}  // namespace m1bench

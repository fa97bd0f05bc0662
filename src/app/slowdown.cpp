// SPDX-License-Identifier: Apache-2.0
#include "app/slowdown.hpp"

#include <algorithm>
#include <cstdlib>

#include "launch/targets.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

[[noreturn]] void refuse(const std::string& option, const std::string& why) {
  throw Error(ErrorKind::usage, "--inject-slowdown '" + option + "': " + why);
}

double parse_factor(const std::string& option, const std::string& text) {
  char* end = nullptr;
  const double factor = std::strtod(text.c_str(), &end);
  constexpr double kMost = 1000;
  if (text.empty() || *end != '\0' || !(factor >= 1 && factor <= kMost)) refuse(option, "expected a factor from 1 to 1000 after the =");
  return factor;
}

}  // namespace

void apply_slowdown(Run& run, const std::string& option) {
  const std::size_t equals = option.rfind('=');
  if (equals == std::string::npos) refuse(option, "expected [base:|head:][TARGET:]CASE=FACTOR");
  const double factor = parse_factor(option, option.substr(equals + 1));
  std::string rest = option.substr(0, equals), side, wanted;
  for (const char* name : {"base", "head"}) {
    if (rest.starts_with(name + std::string(":"))) side = name;
  }
  if (!side.empty()) rest.erase(0, side.size() + 1);
  if (const std::size_t colon = rest.find(':'); colon != std::string::npos) {
    wanted = canonical_target(rest.substr(0, colon));
    rest.erase(0, colon + 1);
  }
  if (!find_case(run, rest)) refuse(option, "this run has no case '" + rest + "'");
  bool found = false;
  for (Target& target : run.targets) {
    if ((!side.empty() && target.side != side) || (!wanted.empty() && without_side(target.name) != wanted)) continue;
    target.slowdown[rest] = factor;
    found = true;
  }
  if (!found) refuse(option, "this run has no such target");
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "bench/case_spec.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

// Variants of a family that exist to check the others, and that nobody wants to wait for.
bool is_oracle(const CaseSpec& spec) { return spec.variant == "reference"; }

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (const CaseSpec& spec : catalogue()) names.push_back(spec.name);
  return names;
}

[[noreturn]] void unknown_case(const std::string& pattern) {
  std::string message = "no case matches '" + pattern + "'";
  const auto names = all_names();
  const bool is_folder = std::any_of(names.begin(), names.end(), [&](const std::string& name) { return name.starts_with(pattern + "/"); });
  if (is_folder) throw Error(ErrorKind::usage, message + "; did you mean '" + pattern + "/*'?");
  const auto& all = catalogue();
  if (std::any_of(all.begin(), all.end(), [&](const CaseSpec& spec) { return matches_pattern(pattern, spec.name); })) {
    throw Error(ErrorKind::usage, message + " but variants that are not the default; add --variants all");
  }
  if (const auto near = nearest(pattern, names)) message += "; did you mean '" + *near + "'?";
  throw Error(ErrorKind::usage, message + " (`m1bench list cases` shows them all)");
}

}  // namespace

const CaseSpec* find_case_spec(std::string_view name) {
  const auto& all = catalogue();
  const auto found = std::find_if(all.begin(), all.end(), [&](const CaseSpec& spec) { return spec.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<const CaseSpec*> cases_in_set(std::string_view set) {
  if (set != "core" && set != "full") {
    throw Error(ErrorKind::usage, "there is no set '" + std::string(set) + "'; the sets are core and full");
  }
  std::vector<const CaseSpec*> chosen;
  for (const CaseSpec& spec : catalogue()) {
    if (set == "full" ? !is_oracle(spec) : spec.core) chosen.push_back(&spec);
  }
  return chosen;
}

std::vector<const CaseSpec*> cases_matching(std::span<const std::string> patterns, bool all_variants) {
  std::vector<bool> wanted(catalogue().size(), false);
  for (const std::string& pattern : patterns) {
    bool matched = false;
    for (std::size_t i = 0; i < catalogue().size(); ++i) {
      const CaseSpec& spec = catalogue()[i];
      const bool hit = spec.name == pattern || ((spec.default_variant || all_variants) && matches_pattern(pattern, spec.name));
      if (hit) wanted[i] = matched = true;
    }
    if (!matched) unknown_case(pattern);
  }
  std::vector<const CaseSpec*> chosen;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]) chosen.push_back(&catalogue()[i]);
  }
  return chosen;
}

}  // namespace m1bench

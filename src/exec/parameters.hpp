// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// `--parameter NAME=a,b,c`: what is scanned, and where its values go. Pure.
namespace m1bench {

struct ScanParameter {
  std::string name;                 // letters, digits, `_` and, not in front, `-`
  std::vector<std::string> values;  // each once, in the order given, none empty
};

// "N=1,10,100", or "N=1..5" for the whole numbers from 1 to 5. Throws Error(usage).
ScanParameter parse_parameter(std::string_view option);

// One value for each name.
using Values = std::map<std::string, std::string>;

// What a case's preparation is called beside its parameters: as the option, and as no parameter can be.
inline constexpr const char* kPreparation = "--prepare";

// Every combination, the first parameter changing slowest; a single empty one without parameters. Throws Error(usage) for a name
// that stands twice, and beyond 1000 combinations.
std::vector<Values> combinations(std::span<const ScanParameter> parameters);

// `text` with each {NAME} replaced by its value. Any other brace stays as it is.
std::string substituted(std::string_view text, const Values& values);
std::vector<std::string> substituted(std::span<const std::string> words, const Values& values);

// The names that stand in braces in a text, as parameters do: {"N"} of "-n{N} {a b}".
std::set<std::string> places(std::string_view text);

// "" or "/N=1000,mode=fast", for the name of a case.
std::string suffix_of(std::span<const ScanParameter> parameters, const Values& values);

}  // namespace m1bench

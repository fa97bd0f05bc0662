// SPDX-License-Identifier: Apache-2.0
#include "app/shareable.hpp"

namespace m1bench {
namespace {

// Every place in `text` where a path into the home folder starts. "/home/ann" must not match "/home/anna".
void hide_home(std::string& text, const std::string& home) {
  for (std::size_t at = text.find(home); at != std::string::npos; at = text.find(home, at + 1)) {
    const std::size_t end = at + home.size();
    if (end < text.size() && text[end] != '/') continue;
    text.replace(at, home.size(), "~");
  }
}

}  // namespace

Run shareable(Run run, const std::string& home) {
  if (home.size() < 2) return run;
  for (std::string& word : run.session.arguments) hide_home(word, home);
  for (Target& target : run.targets) {
    for (std::string& word : target.command) hide_home(word, home);
    for (auto& [name, value] : target.environment) hide_home(value, home);
    hide_home(target.cause, home);
    if (target.hello) hide_home(target.hello->note, home);  // box64's banner names the file it starts
  }
  for (Case& item : run.cases) {
    for (auto& [name, value] : item.parameters) hide_home(value, home);
  }
  for (Verification& check : run.verifications) hide_home(check.cause, home);
  for (Failure& failure : run.failures) hide_home(failure.cause, home);
  for (Warning& warning : run.warnings) hide_home(warning.message, home);
  return run;
}

std::string shareable(std::string text, const std::string& home) {
  if (home.size() >= 2) hide_home(text, home);
  return text;
}

}  // namespace m1bench

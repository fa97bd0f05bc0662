// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "app/cli.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/exit_code.hpp"
#include "app/version.hpp"
#include "worker/worker.hpp"

namespace {

using namespace m1bench;

struct Command {
  const char* name;
  int (*run)(const Options& options);
};
constexpr std::array<Command, 7> kCommands{{
    {"all", measure_command},
    {"run", measure_command},
    {"verify", verify_command},
    {"train", train_command},
    {"list", list_command},
    {"report", report_command},
    {"worker", [](const Options&) { return run_worker(); }},
}};

int dispatch(const std::vector<std::string>& words) {
  const CommandLine line = parse_command_line(words, version_text());
  if (!line.options) {
    if (!line.to_error) print(line.text);
    if (line.to_error) std::fputs(line.text.c_str(), stderr);
    return line.exit_code;
  }
  const auto command = std::find_if(kCommands.begin(), kCommands.end(), [&](const Command& row) { return line.options->command == row.name; });
  return command->run(*line.options);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return dispatch({argv + 1, argv + argc});
  } catch (const Error& error) {
    std::fprintf(stderr, "m1bench: %s\n", error.what());
    return static_cast<int>(exit_code_of(error.kind()));
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "m1bench: out of memory; close other programs or choose smaller cases\n");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "m1bench: internal error: %s\n", error.what());
  }
  return static_cast<int>(ExitCode::internal);
}

// SPDX-License-Identifier: Apache-2.0
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

namespace {

using namespace m1bench;

int dispatch(const std::vector<std::string>& words) {
  const CommandLine line = parse_command_line(words, version_text());
  if (!line.options) {
    if (!line.to_error) print(line.text);
    if (line.to_error) std::fputs(line.text.c_str(), stderr);
    return line.exit_code;
  }
  return run_command(*line.options);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return dispatch({argv + 1, argv + argc});
  } catch (const Error& error) {
    complain(error.what());
    return static_cast<int>(exit_code_of(error.kind()));
  } catch (const std::bad_alloc&) {
    complain("out of memory; close other programs or choose smaller cases");
  } catch (const std::exception& error) {
    complain(std::string("internal error: ") + error.what());
  }
  return static_cast<int>(ExitCode::internal);
}

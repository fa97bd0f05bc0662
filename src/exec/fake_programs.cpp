// SPDX-License-Identifier: Apache-2.0
#include "exec/fake_programs.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "exec/program_targets.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

bool has_word(const ProgramStart& start, std::string_view word) { return std::find(start.command.begin(), start.command.end(), word) != start.command.end(); }

double sum_of_numbers(const ProgramStart& start) {
  double sum = 0;
  for (const std::string& word : start.command) {
    if (!word.empty() && word.size() < 10 && word.find_first_not_of("0123456789") == std::string::npos) sum += std::atoi(word.c_str());
  }
  return sum;
}

std::string benchmark(const char* name, double nanoseconds) {
  char text[200];
  std::snprintf(text, sizeof text, R"({"name": "%s", "run_type": "iteration", "real_time": %.6f, "cpu_time": %.6f, "time_unit": "ns"})", name,
                nanoseconds, nanoseconds);
  return text;
}

}  // namespace

double FakePrograms::noise() { return 1 + (static_cast<double>(noise_.below(2001)) - 1000) / 100'000; }

ProgramEnd FakePrograms::run(const ProgramStart& start) {
  constexpr double kProgram_s = 0.010, kUnit_s = 0.0001, kTranslated = 4;
  const double factor = program_name(start.command).starts_with("qemu") ? kTranslated : 1;
  ProgramEnd end;
  end.wall_s = (kProgram_s + kUnit_s * sum_of_numbers(start)) * factor * noise();
  end.cpu_s = end.wall_s;
  end.max_rss_bytes = std::uint64_t{8} << 20;
  end.exit.exit_code = has_word(start, "fail") ? 3 : 0;
  if (*end.exit.exit_code != 0) end.error_tail = "no such thing\n";
  clock_.advance(end.wall_s);
  if (start.on_output) start.on_output(has_word(start, "wrong") ? "the answer:\n43\n" : "the answer:\n42\n");
  constexpr std::string_view kOut = "--benchmark_out=";
  for (const std::string& word : start.command) {
    if (!word.starts_with(kOut)) continue;
    const std::string text = "{\"benchmarks\": [" + benchmark("BM_add", 100 * factor * noise()) + ", " + benchmark("BM_copy/8", 2000 * noise()) + "]}";
    write_file(word.substr(kOut.size()), std::array<std::string_view, 1>{text});
  }
  return end;
}

}  // namespace m1bench

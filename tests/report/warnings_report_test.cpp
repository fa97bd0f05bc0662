// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "analysis/warning_runs.hpp"
#include "m1bench/core/text.hpp"
#include "report/markdown.hpp"
#include "report/summary_json.hpp"
#include "report/terminal.hpp"
#include "report/utf8.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

m1bench::Run controlled_run() {
  m1bench::Run run = quiet_run();
  add_control(run);
  return run;
}

TEST(WarningsReport, AllReportsTellTheSame) {
  m1bench::Run run = quiet_run();
  run.machine.before.load_average = 2.5;
  run.warnings = {{"made-up", "", "", "from the file", ""}};
  const std::string message = "the load average of other programs was 2.5 before the run, on 4 CPUs";
  const std::string remedy = "close other programs, or measure on a quieter machine";
  EXPECT_TRUE(has(terminal_report(run, {200, false}), "warning: " + message + "; " + remedy + " [high-load]\n"));
  EXPECT_TRUE(has(markdown_report(run), "- " + message + "; " + remedy + " (`high-load`)\n"));
  const std::string json = summary_json(run);
  EXPECT_TRUE(has(
      json, "\"code\": \"high-load\",\n      \"case\": null,\n      \"target\": null,\n      \"message\": \"" + message + "\""));
  for (const std::string& text : {terminal_report(run, {}), markdown_report(run), json}) EXPECT_FALSE(has(text, "from the file"));
}

TEST(WarningsReport, ATerminalShowsTheWorstAndNamesTheRest) {
  m1bench::Run run = quiet_run();
  run.tool.build_type = "Debug";
  run.tool.translator = "rosetta2";
  run.session.stop_reason = "interrupted";
  run.machine.before.load_average = 2.5;
  run.machine.after.steal_s = 100;
  run.machine.after.on_battery = run.machine.after.low_power = true;
  run.machine.after.thermal_pressure = "heavy";
  const std::string text = terminal_report(run, {200, false});
  std::size_t lines = 0;
  for (const std::string& line : split(text, '\n')) lines += line.starts_with("warning: ");
  EXPECT_EQ(lines, 6u);
  EXPECT_TRUE(has(text, "[debug-build]"));
  EXPECT_TRUE(has(text, "also: low-power and hot (report --format markdown tells)\n")) << text;
  EXPECT_TRUE(has(markdown_report(run), "(`hot`)"));
}

TEST(WarningsReport, TheNoiseFloorStandsBesideTheVerdicts) {
  const m1bench::Run run = controlled_run();
  const std::string wide = terminal_report(run, {200, false}), stacked = terminal_report(run, {80, false}),
                    narrow = terminal_report(run, {50, false});
  EXPECT_TRUE(has(wide, "  verdict  noise floor\n"));
  EXPECT_TRUE(has(stacked, ", noise floor 0.")) << stacked;
  EXPECT_TRUE(has(narrow, ", noise floor 0."));
  EXPECT_TRUE(has(markdown_report(run), "| verdict | noise floor |\n"));
  EXPECT_TRUE(has(markdown_report(run), "- control: two copies of `x86_64-v4/native` seem "));
  EXPECT_TRUE(has(wide, "\ncontrol: two copies of x86_64-v4/native seem "));
  EXPECT_TRUE(has(summary_json(run), "\"noise_floor\": 0.00"));
  EXPECT_FALSE(has(terminal_report(quiet_run(), {200, false}), "noise floor"));
  EXPECT_FALSE(has(terminal_report(quiet_run(), {200, false}), "control"));
  for (int width = 50; width <= 160; ++width) {
    for (const std::string& line : split(terminal_report(run, {width, false}), '\n'))
      EXPECT_LE(display_width(line), width) << line;
  }
}

TEST(WarningsReport, WhatTheControlFound) {
  Summary summary;
  summary.baseline = "a/native";
  EXPECT_EQ(control_text(summary, [](std::string_view name) { return std::string(name); }), "");
  const auto add = [&](const char* name, double log_ratio, double half_width) {
    CaseSummary item;
    item.name = name;
    item.control = Estimate{log_ratio, half_width, 12, std::nullopt, 0};
    item.noise_floor = noise_floor_of(item.control);
    summary.cases.push_back(item);
  };
  const auto plain = [](std::string_view name) { return std::string(name); };
  add("x", -0.004, 0.002);
  EXPECT_EQ(control_text(summary, plain),
            "two copies of a/native seem 0.40 % apart, with a half-width of 0.20 %; verdicts allow for it");
  EXPECT_EQ(noise_floor_text(summary.cases[0]), "0.60 %");
  add("y", 0.001, 0.010);
  add("z", 0.002, 0.003);
  EXPECT_EQ(control_text(summary, plain),
            "two copies of a/native seem 0.20 % apart in the median of 3 cases and 0.40 % at worst (x), with half-widths "
            "of 0.30 % and at most 1.0 %; verdicts allow for it case by case");
  EXPECT_EQ(noise_floor_text(CaseSummary()), "0.50 % assumed");
}

}  // namespace
}  // namespace m1bench

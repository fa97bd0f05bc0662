// SPDX-License-Identifier: Apache-2.0
#include "report/conditions.hpp"

#include <gtest/gtest.h>

namespace m1bench {
namespace {

TEST(ConditionsText, EverythingKnown) {
  Machine machine;
  machine.governor = "powersave";
  machine.turbo = true;
  machine.smt = false;
  machine.cpu_limit = 1.5;
  machine.before = {0.254, 31.09, {{"INT3400 Thermal", 20}, {"acpitz", 45}}, "nominal", false, true};
  machine.after = {1.02, 32.29, {{"INT3400 Thermal", 20}, {"acpitz", 61.05}}, "heavy", true, true};
  EXPECT_EQ(conditions_text(machine, 300),
            "governor powersave, turbo on, SMT off, at most 1.50 CPUs, load 0.25 before and 1.02 after, "
            "CPU time stolen 0.40% of the run's time, acpitz 45.0 C before and 61.0 C after, "
            "thermal pressure nominal before and heavy after, on mains before and on battery after, low-power mode");
}

TEST(ConditionsText, OnlyWhatIsKnown) {
  struct Row {
    const char* name;
    Conditions before, after;
    const char* text;
  };
  const auto load = [](double average) { return Conditions{average, {}, {}, {}, {}, {}}; };
  const auto zones = [](std::map<std::string, double> zones_c) { return Conditions{{}, {}, std::move(zones_c), {}, {}, {}}; };
  const Conditions none, stolen{{}, 3.0, {}, {}, {}, {}};
  const Conditions on_mains{{}, {}, {}, {}, false, false}, mode_unknown{{}, {}, {}, {}, false, {}};
  const Row rows[] = {{"nothing", none, none, ""},
                      {"no end", load(0.5), none, "load 0.50 before"},
                      {"no start", none, load(0.5), "load 0.50 after"},
                      {"alike", load(0.501), load(0.499), "load 0.50"},
                      {"steal at one end", stolen, none, ""},
                      {"zone that went", zones({{"a", 40}}), none, "a 40.0 C before"},
                      {"zone that came", zones({{"a", 40}}), zones({{"a", 41}, {"b", 50}}), "b 50.0 C after"},
                      {"power", on_mains, mode_unknown, "on mains, full power before"}};
  for (const Row& row : rows) {
    Machine machine;
    machine.before = row.before;
    machine.after = row.after;
    EXPECT_EQ(conditions_text(machine, 10), row.text) << row.name;
  }
}

TEST(ConditionsText, StealNeedsATime) {
  Machine machine;
  machine.before.steal_s = 1;
  machine.after.steal_s = 2;
  EXPECT_EQ(conditions_text(machine, 10), "CPU time stolen 10.00% of the run's time");
  EXPECT_EQ(conditions_text(machine, 0), "");
  machine.after.steal_s = 0.5;
  EXPECT_EQ(conditions_text(machine, 10), "CPU time stolen 0.00% of the run's time") << "a counter that went back";
}

}  // namespace
}  // namespace m1bench

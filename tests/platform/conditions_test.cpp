// SPDX-License-Identifier: Apache-2.0
#include "platform/conditions.hpp"

#include <gtest/gtest.h>

#include "platform/captured.hpp"
#include "platform/linux_facts.hpp"
#include "platform/macos_facts.hpp"

namespace m1bench {
namespace {

using Zones = std::map<std::string, double>;

HostConditions conditions_of(const Files& files) { return linux_conditions(files_of(files), folders_of(files), 100); }

TEST(LinuxConditions, VirtualMachineThatIsStolenFrom) {
  const HostConditions now = conditions_of(captured_files("epyc-vm"));
  EXPECT_EQ(now.steal_s, 31.09);
  EXPECT_TRUE(now.thermal_c.empty());
  EXPECT_EQ(now.on_battery, std::nullopt);
  EXPECT_EQ(now.low_power, std::nullopt);
}

TEST(LinuxConditions, LaptopOnBattery) {
  const HostConditions now = conditions_of(captured_files("i7-1255u-laptop"));
  EXPECT_EQ(now.steal_s, 0);
  EXPECT_EQ(now.thermal_c, (Zones{{"INT3400 Thermal", 20}, {"acpitz", 47}, {"acpitz 2", 39.05}, {"x86_pkg_temp", 58}}));
  EXPECT_EQ(now.on_battery, true);
  EXPECT_EQ(now.low_power, true);
}

TEST(LinuxConditions, RaspberryPi) {
  const HostConditions now = conditions_of(captured_files("raspberry-pi-5"));
  EXPECT_EQ(now.thermal_c, (Zones{{"cpu-thermal", 51.25}}));
  EXPECT_EQ(now.on_battery, std::nullopt);
}

TEST(LinuxConditions, NothingKnown) {
  const HostConditions now = conditions_of({});
  EXPECT_EQ(now.steal_s, std::nullopt);
  EXPECT_TRUE(now.thermal_c.empty());
  EXPECT_EQ(now.on_battery, std::nullopt);
  EXPECT_EQ(now.low_power, std::nullopt);
}

TEST(LinuxConditions, Steal) {
  const std::pair<const char*, std::optional<double>> rows[] = {{"cpu  1 2 3 4 5 6 7 800 0 0\ncpu0 1", 8},
                                                                {"cpu 1 2 3 4 5 6 7 800", 8},
                                                                {"cpu  1 2 3 4 5 6 7\n", {}},
                                                                {"cpu  1 2 3 4 5 6 7 -8 0 0\n", {}},
                                                                {"cpu  1 2 3 4 5 6 7 x 0 0\n", {}},
                                                                {"intr 1 2 3 4 5 6 7 8 0 0\n", {}}};
  for (const auto& [text, seconds] : rows) EXPECT_EQ(conditions_of({{"/proc/stat", text}}).steal_s, seconds) << text;
}

TEST(LinuxConditions, NonsensicalTemperatures) {
  for (const char* text : {"", "N/A", "48.5", "-50000", "255000", "2147483647"}) {
    const std::string zone = "/sys/class/thermal/thermal_zone0/";
    EXPECT_TRUE(conditions_of({{zone + "type", "cpu"}, {zone + "temp", text}}).thermal_c.empty()) << text;
  }
}

// A zone that cannot be read for a moment must not hand its name to the next one.
TEST(LinuxConditions, ZonesKeepTheirNames) {
  const std::string folder = "/sys/class/thermal/thermal_zone";
  const Files files = {{folder + "0/type", "soc"}, {folder + "1/type", "soc"}, {folder + "1/temp", "40000"}};
  EXPECT_EQ(conditions_of(files).thermal_c, (Zones{{"soc 2", 40}}));
}

TEST(LinuxConditions, Power) {
  struct Row {
    const char* name;
    const char *mains, *usb, *battery;  // online, online, status; nullptr: there is none
    std::optional<bool> on_battery;
  };
  const Row rows[] = {{"desktop", nullptr, nullptr, nullptr, {}},
                      {"plugged in", "1", nullptr, "Charging", false},
                      {"plugged in, too weak a charger", "1", nullptr, "Discharging", false},
                      {"plugged in over USB", "0", "1", "Discharging", false},
                      {"unplugged", "0", "0", "Discharging", true},
                      {"battery alone, full", nullptr, nullptr, "Full", false},
                      {"battery alone, kept below full", nullptr, nullptr, "Not charging", false},
                      {"battery alone, draining", nullptr, nullptr, "Discharging", true},
                      {"battery that does not tell", "0", nullptr, "Unknown", {}}};
  for (const Row& row : rows) {
    const std::string folder = "/sys/class/power_supply/";
    Files files;
    const auto add = [&](const std::string& supply, const char* type, const char* file, const char* text) {
      if (text == nullptr) return;
      files[folder + supply + "/type"] = std::string(type) + '\n';
      files[folder + supply + '/' + file] = std::string(text) + '\n';
    };
    add("AC", "Mains", "online", row.mains);
    add("usb", "USB", "online", row.usb);
    add("BAT1", "Battery", "status", row.battery);
    EXPECT_EQ(conditions_of(files).on_battery, row.on_battery) << row.name;
  }
}

TEST(LinuxConditions, BatteryOfAMouse) {
  const std::string mouse = "/sys/class/power_supply/hidpp_battery_0/";
  const Files files = {{mouse + "type", "Battery"}, {mouse + "scope", "Device"}, {mouse + "status", "Discharging"}};
  EXPECT_EQ(conditions_of(files).on_battery, std::nullopt);
}

TEST(LinuxConditions, Profiles) {
  const std::pair<const char*, std::optional<bool>> rows[] = {{"low-power\n", true}, {"balanced\n", {}}, {"", {}}};
  for (const auto& [text, low_power] : rows) {
    EXPECT_EQ(conditions_of({{"/sys/firmware/acpi/platform_profile", text}}).low_power, low_power) << text;
  }
}

struct LimitRow {
  const char* name;
  std::string mountinfo, cgroup;
  Files files;
  std::optional<double> limit;
};

void expect_limits(const std::vector<LimitRow>& rows) {
  for (const LimitRow& row : rows) {
    Files files = row.files;
    files["/proc/self/mountinfo"] = row.mountinfo;
    files["/proc/self/cgroup"] = row.cgroup;
    EXPECT_EQ(linux_cpu_limit(files_of(files)), row.limit) << row.name;
  }
}

const std::string kV2 = "29 22 0:26 / /sys/fs/cgroup rw,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

TEST(LinuxConditions, CpuLimitOfVersion2) {
  const std::string top = "/sys/fs/cgroup";
  expect_limits({
      {"no control groups", "", "", {}, {}},
      {"no limit", kV2, "0::/a\n", {{top + "/a/cpu.max", "max 100000\n"}}, {}},
      {"its own", kV2, "0::/a/b\n", {{top + "/a/b/cpu.max", "50000 100000\n"}, {top + "/a/cpu.max", "max 100000\n"}}, 0.5},
      {"of an ancestor",
       kV2,
       "0::/a/b\n",
       {{top + "/a/b/cpu.max", "400000 100000\n"}, {top + "/a/cpu.max", "250000 100000\n"}},
       2.5},
      {"of a container's own tree", kV2, "0::/\n", {{top + "/cpu.max", "200000 100000\n"}}, 2},
      {"another's", kV2, "0::/a\n", {{top + "/ab/cpu.max", "50000 100000\n"}}, {}},
      {"group outside of the tree",
       kV2,
       "0::/../b\n",
       {{top + "/cpu.max", "300000 100000\n"}, {top + "/../b/cpu.max", "1 2\n"}},
       3},
      {"garbage", kV2, "0::/\n", {{top + "/cpu.max", "many few\n"}}, {}},
      {"period of nothing", kV2, "0::/\n", {{top + "/cpu.max", "100000 0\n"}}, {}},
  });
}

TEST(LinuxConditions, CpuLimitOfVersion1) {
  const std::string v1 = "33 24 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:10 - cgroup cgroup rw,cpu,cpuacct\n";
  const std::string hybrid = "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n" + v1;
  const std::string docker =
      "1033 1032 0:29 /docker/7be2 /sys/fs/cgroup/cpu,cpuacct ro,relatime master:10 - cgroup cgroup rw,cpu,cpuacct\n"
      "1034 1032 0:30 /docker/7be2 /sys/fs/cgroup/cpuset ro,relatime master:11 - cgroup cgroup rw,cpuset\n";
  const std::string cpu = "/sys/fs/cgroup/cpu,cpuacct";
  expect_limits({
      {"version 1",
       v1,
       "4:memory:/m\n3:cpu,cpuacct:/a/b\n",
       {{cpu + "/a/b/cpu.cfs_quota_us", "-1\n"}, {cpu + "/a/b/cpu.cfs_period_us", "100000\n"},
        {cpu + "/a/cpu.cfs_quota_us", "75000\n"}, {cpu + "/a/cpu.cfs_period_us", "50000\n"}},
       1.5},
      {"version 1 in a container that sees only its own group",
       docker,
       "4:cpuset:/docker/7be2\n3:cpu,cpuacct:/docker/7be2/job\n",
       {{cpu + "/cpu.cfs_quota_us", "150000\n"}, {cpu + "/cpu.cfs_period_us", "100000\n"},
        {cpu + "/job/cpu.cfs_quota_us", "50000\n"}, {cpu + "/job/cpu.cfs_period_us", "100000\n"}},
       0.5},
      {"version 1, a neighbour of what the container sees",
       docker,
       "3:cpu,cpuacct:/docker/7be2b/job\n",
       {{cpu + "/cpu.cfs_quota_us", "150000\n"}, {cpu + "/cpu.cfs_period_us", "100000\n"},
        {cpu + "b/job/cpu.cfs_quota_us", "50000\n"}, {cpu + "b/job/cpu.cfs_period_us", "100000\n"}},
       1.5},
      {"both versions at once",
       hybrid,
       "1:cpu,cpuacct:/a\n0::/u\n",
       {{cpu + "/a/cpu.cfs_quota_us", "100000\n"}, {cpu + "/a/cpu.cfs_period_us", "100000\n"}},
       1},
  });
}

TEST(MacosConditions, ThermalPressure) {
  EXPECT_EQ(thermal_pressure_name(0), "nominal");
  EXPECT_EQ(thermal_pressure_name(4), "sleeping");
  EXPECT_EQ(thermal_pressure_name(5), std::nullopt);
  EXPECT_EQ(thermal_pressure_name(~std::uint64_t{0}), std::nullopt);
}

TEST(MacosConditions, PowerSource) {
  const std::pair<const char*, std::optional<bool>> rows[] = {
      {"Now drawing from 'AC Power'\n -InternalBattery-0 (id=1)\t100%; charged; 0:00 remaining present: true\n", false},
      {"Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t81%; discharging; 5:12 remaining present: true\n", true},
      {"Now drawing from 'AC Power'\n", false},
      {"Now drawing from 'UPS Power'\n", {}},
      {"", {}}};
  for (const auto& [text, on_battery] : rows) EXPECT_EQ(parse_on_battery(text), on_battery) << text;
}

TEST(MacosConditions, LowPowerMode) {
  const std::string before = "System-wide power settings:\nCurrently in use:\n standby              1\n";
  const std::string after = " sleep                1\n";
  EXPECT_EQ(parse_low_power_mode(before + " lowpowermode         1\n" + after), true);
  EXPECT_EQ(parse_low_power_mode(before + " lowpowermode         0\n" + after), false);
  for (const char* line : {"", " powermode            1\n", " lowpowermode\n", " lowpowermode        on\n"}) {
    EXPECT_EQ(parse_low_power_mode(before + line + after), std::nullopt) << line;
  }
}

// On whatever machine the tests run, nothing may be impossible.
TEST(Conditions, OwnMachineMakesSense) {
  const HostConditions now = host_conditions();
  EXPECT_GE(now.load_average.value_or(0), 0);
  EXPECT_GE(now.steal_s.value_or(0), 0);
  for (const auto& [zone, celsius] : now.thermal_c) EXPECT_GT(celsius, -50) << zone;
}

}  // namespace
}  // namespace m1bench

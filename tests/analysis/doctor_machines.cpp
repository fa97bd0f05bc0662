// SPDX-License-Identifier: Apache-2.0
#include "analysis/doctor_machines.hpp"

#include <stdexcept>

namespace m1bench {
namespace {

constexpr std::uint64_t kKiB = 1024, kMiB = 1024 * kKiB, kGiB = 1024 * kMiB;
const std::string kSigill = "killed by SIGILL during start-up";

DoctorTarget works(const std::string& name, const std::string& simd, std::optional<std::string> blas = {}) {
  Target target;
  target.name = name;
  target.slice = name.substr(0, name.find('/'));
  target.translator = name.substr(name.find('/') + 1);
  target.command = {"/opt/m1bench-" + target.slice, "worker"};
  target.available = true;
  target.hello.emplace();
  target.hello->protocol = 1;
  target.hello->slice = target.slice;
  target.hello->translator = target.translator;
  target.hello->simd = simd;
  target.hello->blas = std::move(blas);
  return {target, true};
}

DoctorTarget fails(const std::string& name, const std::string& cause, const std::string& remedy, bool tried = true) {
  DoctorTarget entry = works(name, "");
  entry.target.available = false;
  entry.target.hello.reset();
  entry.target.cause = cause;
  entry.target.remedy = remedy;
  entry.tried = tried;
  return entry;
}

DoctorTarget not_here(const std::string& name, const std::string& cause, const std::string& remedy) {
  return fails(name, cause, remedy, false);
}

DoctorFacts m1bench_on(Machine machine, const std::vector<std::string>& slices) {
  DoctorFacts facts;
  facts.tool.version = "0.1.0";
  facts.tool.build_id = "5f0c9b1e2d3a4c7b";
  facts.tool.build_type = "Release";
  facts.tool.libraries = {{"Eigen", "3.4.0"}, {"fmt", "9.1.0"}};
  facts.tool.translator = "native";
  facts.machine = std::move(machine);
  for (const std::string& slice : slices) facts.slices.push_back({slice, "/opt/m1bench-" + slice});
  return facts;
}

DoctorFacts macbook(const std::string& os, int major) {
  Machine machine;
  machine.os = os;
  machine.kernel = "Darwin " + std::to_string(major < 26 ? major + 9 : major - 1) + ".0.0";
  machine.arch = "arm64";
  machine.cpu = "Apple M1 Pro";
  machine.model = "MacBookPro18,3";
  machine.logical_cpus = 10;
  machine.levels = {{"Performance", 8, 128 * kKiB, 12 * kMiB, {}}, {"Efficiency", 2, 64 * kKiB, 4 * kMiB, {}}};
  machine.memory_bytes = 16 * kGiB;
  machine.timebase_hz = 24000000;
  machine.timer_resolution_s = 1e-9;
  machine.before = {1.25, {}, {}, "nominal", false, false};
  DoctorFacts facts = m1bench_on(machine, {"arm64", "x86_64-v2", "x86_64-v3"});
  facts.macos = major;
  facts.rosetta = true;
  facts.targets = {works("arm64/native", "NEON", "Accelerate"), works("x86_64-v2/rosetta2", "SSE4.2"),
                   works("x86_64-v3/rosetta2", "AVX2")};
  return facts;
}

DoctorFacts without_rosetta(int major) {
  DoctorFacts facts = macbook("macOS " + std::to_string(major) + ".0 (26A350)", major);
  facts.rosetta = false;
  for (std::size_t i : {1u, 2u}) {
    const std::string cause =
        "macOS found no way to run the " + facts.targets[i].target.slice + " slice (Bad CPU type in executable)";
    facts.targets[i] = fails(facts.targets[i].target.name, cause, "softwareupdate --install-rosetta --agree-to-license");
  }
  return facts;
}

DoctorFacts intel_mac() {
  DoctorFacts facts = macbook("macOS 15.6.1 (24G90)", 15);
  facts.machine.arch = "x86_64";
  facts.rosetta.reset();
  facts.targets = {works("x86_64-v2/native", "SSE4.2"), works("x86_64-v3/native", "AVX2")};
  return facts;
}

Machine linux_box() {
  Machine machine;
  machine.os = "Debian GNU/Linux 12 (bookworm)";
  machine.kernel = "Linux 6.1.0";
  machine.arch = "x86_64";
  machine.cpu = "Intel(R) Xeon(R) E-2388G CPU @ 3.20GHz";
  machine.logical_cpus = 8;
  machine.levels = {{"", 8, 48 * kKiB, 512 * kKiB, 16 * kMiB}};
  machine.memory_bytes = 64 * kGiB;
  machine.governor = "performance";
  machine.turbo = false;
  machine.smt = false;
  machine.timer_resolution_s = 1e-9;
  machine.before = {0.25, 0.0, {{"x86_pkg_temp", 41}}, {}, {}, {}};
  return machine;
}

DoctorFacts linux_server() {
  DoctorFacts facts = m1bench_on(linux_box(), {"arm64", "x86_64-v2", "x86_64-v3", "x86_64-v4"});
  facts.targets = {works("arm64/qemu-user", "NEON"), works("x86_64-v2/native", "SSE4.2", "OpenBLAS 0.3.21 Nehalem"),
                   works("x86_64-v3/native", "AVX2", "OpenBLAS 0.3.21 Haswell"),
                   fails("x86_64-v4/native", kSigill, "use a lower tier")};
  facts.targets[0].target.translator_version = "qemu-aarch64 version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)";
  return facts;
}

// Everything that may disturb a measurement, at once.
DoctorFacts laptop() {
  DoctorFacts facts = m1bench_on(linux_box(), {"x86_64-v2", "x86_64-v3"});
  Machine& machine = facts.machine;
  machine.cpu = "12th Gen Intel(R) Core(TM) i7-1255U";
  machine.logical_cpus = 12;
  machine.levels = {{"Performance", 2, 48 * kKiB, 1280 * kKiB, 12 * kMiB}, {"Efficiency", 8, 32 * kKiB, 2 * kMiB, 12 * kMiB}};
  machine.governor = "powersave";
  machine.turbo = true;
  machine.smt = true;
  machine.cpu_limit = 1.5;
  machine.before = {7.5, 0.0, {{"acpitz", 27.8}, {"x86_pkg_temp", 91}}, {}, true, true};
  facts.tool.build_type = "Debug";
  facts.measuring = 4711;
  facts.slices.push_back({"arm64", {}});
  facts.slices.push_back({"x86_64-v4", {}});
  facts.targets = {not_here("arm64/qemu-user", "qemu-aarch64 is not installed", "apt install qemu-user"),
                   works("x86_64-v2/native", "SSE4.2"),
                   fails("x86_64-v3/native", "is of another build (77, not 78)", "rebuild or reinstall every slice together")};
  return facts;
}

DoctorFacts guest_of_a_mac() {
  DoctorFacts facts = m1bench_on(linux_box(), {"arm64", "x86_64-v2"});
  facts.machine.arch = "arm64";
  facts.machine.virtual_machine = "Apple Virtualization";
  facts.targets = {works("arm64/native", "NEON", "OpenBLAS 0.3.21 ARMV8"), works("x86_64-v2/rosetta-linux", "SSE4.2")};
  return facts;
}

DoctorFacts changed(DoctorFacts facts, void (*change)(DoctorFacts&)) {
  change(facts);
  return facts;
}

std::vector<Patient> macs() {
  const DoctorFacts mac = macbook("macOS 15.6.1 (24G90)", 15);
  return {
      {"m1", mac, {"rosetta-ends"}},
      {"m1 without Rosetta", without_rosetta(27), {"no-rosetta"}},
      {"m1 after Rosetta", without_rosetta(28), {"no-rosetta"}},
      {"m1 with the last Rosetta", macbook("macOS 27.1 (26B1)", 27), {"rosetta-ends"}},
      {"m1 whose macOS has Rosetta still", macbook("macOS 28.0 (27A1)", 28), {}},
      {"started translated",
       changed(mac, [](DoctorFacts& facts) { facts.tool.translator = "rosetta2"; }),
       {"translated-driver", "rosetta-ends"}},
      {"ci vm",
       changed(mac, [](DoctorFacts& facts) { facts.machine.virtual_machine = "yes"; }),
       {"virtual-machine", "rosetta-ends"}},
      {"macOS 14",
       changed(macbook("macOS 14.7 (23H124)", 14),
               [](DoctorFacts& facts) { facts.targets[2] = fails("x86_64-v3/rosetta2", kSigill, ""); }),
       {"no-avx2", "rosetta-ends"}},
      {"throttled",
       changed(mac, [](DoctorFacts& facts) { facts.machine.before = {{}, {}, {}, "heavy", true, true}; }),
       {"battery", "low-power", "hot", "rosetta-ends"}},
      {"broken Rosetta slice",
       changed(mac,
               [](DoctorFacts& facts) {
                 facts.targets[1] = fails("x86_64-v2/rosetta2", "killed by SIGKILL during start-up", "sign it");
               }),
       {"target-broken", "rosetta-ends"}},
      {"intel mac", intel_mac(), {}},
  };
}

std::vector<Patient> linux_machines() {
  return {
      {"server", linux_server(), {}},
      {"laptop",
       laptop(),
       {"nothing-to-compare", "slice-missing", "target-broken", "no-translator", "debug-build", "measuring", "battery",
        "low-power", "hot", "high-load", "governor", "cpu-limit", "turbo", "smt", "no-blas"}},
      {"guest of a mac", guest_of_a_mac(), {"native-tso", "virtual-machine"}},
      {"nothing native runs",
       changed(linux_server(),
               [](DoctorFacts& facts) {
                 for (DoctorTarget& entry : facts.targets) {
                   if (entry.target.translator == "native") entry = fails(entry.target.name, kSigill, "use a lower tier");
                 }
               }),
       {"no-native", "nothing-to-compare"}},
      {"nothing native is there", changed(linux_server(), [](DoctorFacts& facts) { facts.targets.clear(); }), {"no-native"}},
      {"lock of somebody else",
       changed(linux_server(),
               [](DoctorFacts& facts) { facts.lock_trouble = "cannot open the lock '/tmp/m1bench.lock': Permission denied"; }),
       {"lock"}},
      {"a limit above what there is", changed(linux_server(), [](DoctorFacts& facts) { facts.machine.cpu_limit = 8; }), {}},
      {"under qemu",
       changed(linux_server(), [](DoctorFacts& facts) { facts.tool.translator = "qemu-user"; }),
       {"translated-driver"}},
      {"nothing known", {}, {"no-native", "debug-build"}},
  };
}

}  // namespace

std::vector<Patient> patients() {
  std::vector<Patient> all = macs();
  for (Patient& patient : linux_machines()) all.push_back(std::move(patient));
  return all;
}

DoctorFacts facts_of_patient(const std::string& name) {
  for (const Patient& patient : patients()) {
    if (patient.name == name) return patient.facts;
  }
  throw std::invalid_argument(name);
}

}  // namespace m1bench

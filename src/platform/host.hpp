// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the machine is. Gathering (one body per OS) is separate from parsing (pure, compiled and tested on every OS).
namespace m1bench {

struct HostLevel {         // a kind of core
  std::string name;        // "Performance", "Efficiency", "Super"; "" where all cores are alike
  int cores = 0;
  std::optional<std::uint64_t> l1d_bytes, l2_bytes, l3_bytes;
  std::vector<int> cpus;   // their numbers, where the OS lets a process be pinned
};

struct HostFacts {
  std::string os, kernel, arch, cpu;  // arch: of the machine, "x86_64" or "arm64", whatever this process is
  std::optional<std::string> model;   // macOS: "MacBookPro18,1"
  int logical_cpus = 0;
  std::vector<HostLevel> levels;      // fastest first
  std::optional<std::uint64_t> memory_bytes;
  std::optional<std::string> virtual_machine;  // "KVM", "VMware", "yes"; nothing on bare metal or where unknown
  std::optional<std::string> governor;
  std::optional<bool> turbo, smt;     // may the clock rise above its base; do cores run two threads
  std::optional<double> cpu_limit;    // CPUs' worth of time that a control group allows; nothing where none limits it
  std::optional<std::uint64_t> timebase_hz;  // macOS: ticks a second of the clock that the kernel counts time in
};
HostFacts host_facts();

// What tells this machine from all others (/etc/machine-id, gethostuuid), nothing where there is none, as in many containers.
// To be kept secret: other programs' data of the same machine are known by it.
std::optional<std::string> secret_machine_id();

// What may be published instead: the first 16 hexadecimal digits of what `echo m1bench $SECRET | sha256sum` prints.
std::optional<std::string> machine_id();

// The CPUs this process may use, in rising order (Linux); empty where the OS has no such notion.
std::vector<int> allowed_cpus();

// Is this process itself translated, and by what? "native", "rosetta2", "rosetta-linux", "qemu-user", "box64", "fex".
// Linux: the thread's own /proc entries, which qemu-user does not fake, and CPUID signatures. macOS: sysctl.proc_translated.
std::string own_translator();

// The CPU as this process sees it (CPUID brand string on x86, /proc/cpuinfo or sysctl elsewhere).
std::string own_cpu_name();

// The x86_64-v* tiers or arm64 extensions that CPUID, XGETBV or the auxiliary vector advertise: "x86_64-v2 x86_64-v3".
std::string own_cpu_features();

// One entry of /proc/sys/fs/binfmt_misc (Linux): the interpreter registered for a kind of executable.
struct BinfmtEntry {
  std::string name, interpreter, magic;  // magic in hexadecimal
  bool enabled = false;
};
std::vector<BinfmtEntry> binfmt_entries();

// Measures on the fastest kind of core: QoS USER_INTERACTIVE for the calling thread on macOS, nothing elsewhere.
void prefer_fast_cores();

// Keeps the machine awake while it lives (macOS: a `caffeinate -i -w <pid>` child; nothing elsewhere).
void keep_awake();

// Parsers of what the OS tells, pure.
std::map<std::string, std::string> parse_key_value_lines(std::string_view text, char separator);  // os-release, cpuinfo's first block
std::string parse_cpuinfo_model(std::string_view cpuinfo);
std::vector<int> parse_cpu_list(std::string_view text);                      // "0-3,8" -> 0 1 2 3 8
std::optional<std::uint64_t> parse_cache_size(std::string_view text);        // "32768K"
std::optional<std::uint64_t> parse_meminfo_total(std::string_view text);
std::optional<std::int64_t> parse_whole_number(std::string_view text);       // a line with "-12345" and nothing else
std::optional<std::string> parse_machine_id(std::string_view text);          // 32 hexadecimal digits, not all of them 0
BinfmtEntry parse_binfmt_entry(std::string_view name, std::string_view text);

}  // namespace m1bench

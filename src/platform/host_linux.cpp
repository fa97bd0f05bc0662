// SPDX-License-Identifier: Apache-2.0
#include <sched.h>
#include <sys/auxv.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "platform/cpuid.hpp"
#include "platform/host.hpp"
#include "platform/linux_facts.hpp"
#include "platform/translation.hpp"

namespace m1bench {
namespace {

std::string link_target(const std::string& path) {
  std::error_code error;
  const std::string target = std::filesystem::read_symlink(path, error).string();
  return error ? "" : target;
}

std::string thread_exe_path() { return "/proc/self/task/" + std::to_string(gettid()) + "/exe"; }

std::string arch_name(const std::string& machine) { return machine == "aarch64" ? "arm64" : machine; }

// The machine field of an ELF header, or "" for a file that is not one or of another machine.
std::string elf_arch(const std::string& path) {
  char header[20] = {};
  std::ifstream(path, std::ios::binary).read(header, sizeof header);
  if (std::string(header, 4) != "\177ELF") return "";
  switch (static_cast<unsigned char>(header[18])) {
    case 62:
      return "x86_64";  // EM_X86_64
    case 183:
      return "arm64";  // EM_AARCH64
    default:
      return "";
  }
}

// A translator fakes uname for its guest, but is itself a program of the machine.
std::string machine_arch(const std::string& translator) {
  if (translator != "native") {
    if (const std::string arch = elf_arch(thread_exe_path()); !arch.empty()) return arch;
    if (translator == "rosetta-linux" || translator == "fex") return "arm64";
  }
  utsname names{};
  return uname(&names) == 0 ? arch_name(names.machine) : "";
}

}  // namespace

HostFacts host_facts() {
  const std::string translator = own_translator();
  // Under a translator CPUID speaks of the translator, not of the machine.
  HostFacts facts = linux_host_facts(read_system_file, translator == "native" ? cpuid_hypervisor(own_cpuid()) : "");
  facts.arch = machine_arch(translator);
  return facts;
}

std::optional<std::string> secret_machine_id() { return parse_machine_id(read_system_file("/etc/machine-id").value_or("")); }

// The kernel wants a mask at least as large as its own and tells by EINVAL that one is not.
std::vector<int> allowed_cpus() {
  for (int bits = 1024; bits <= 1 << 16; bits *= 2) {
    cpu_set_t* set = CPU_ALLOC(bits);
    const std::size_t size = CPU_ALLOC_SIZE(bits);
    const bool known = set != nullptr && sched_getaffinity(0, size, set) == 0;
    std::vector<int> cpus;
    for (int cpu = 0; known && cpu < bits; ++cpu) {
      if (CPU_ISSET_S(static_cast<std::size_t>(cpu), size, set)) cpus.push_back(cpu);
    }
    CPU_FREE(set);
    if (known) return cpus;
  }
  return {};
}

std::string own_translator() {
  const CpuidSource cpu = own_cpuid();
  TranslationEvidence evidence;
  evidence.own_exe = link_target("/proc/self/exe");
  evidence.thread_exe = link_target(thread_exe_path());
  evidence.comm = read_system_file("/proc/self/comm").value_or("");
  evidence.hypervisor = cpuid_hypervisor(cpu);
  evidence.brand = cpuid_brand(cpu);
  evidence.cpuinfo_model = parse_cpuinfo_model(read_system_file("/proc/cpuinfo").value_or(""));
  return linux_translator(evidence);
}

std::string own_cpu_name() {
  const std::string brand = cpuid_brand(own_cpuid());
  return brand.empty() ? parse_cpuinfo_model(read_system_file("/proc/cpuinfo").value_or("")) : brand;
}

std::string own_cpu_features() {
  const CpuidSource cpu = own_cpuid();
  if (cpu.cpuid(0, 0)) return cpuid_tiers(cpu);
  constexpr unsigned long kDotProduct = 1 << 20;  // HWCAP_ASIMDDP of arm64
  return (getauxval(AT_HWCAP) & kDotProduct) != 0 ? "arm64 arm64-dotprod" : "arm64";
}

// Empty where binfmt_misc is not mounted, as in most containers.
std::vector<BinfmtEntry> binfmt_entries() {
  const std::string folder = "/proc/sys/fs/binfmt_misc";
  std::vector<BinfmtEntry> entries;
  std::error_code error;
  for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
    const std::string name = file->path().filename().string();
    if (name == "register" || name == "status") continue;
    if (const auto text = read_system_file(folder + '/' + name)) entries.push_back(parse_binfmt_entry(name, *text));
  }
  return entries;
}

void prefer_fast_cores() {}
void keep_awake() {}

}  // namespace m1bench

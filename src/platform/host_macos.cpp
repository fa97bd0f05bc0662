// SPDX-License-Identifier: Apache-2.0
#include <dlfcn.h>
#include <pthread.h>
#include <pthread/qos.h>
#include <unistd.h>

#include "platform/cpuid.hpp"
#include "platform/host.hpp"
#include "platform/macos_facts.hpp"
#include "platform/process.hpp"

namespace m1bench {
HostFacts host_facts() { return macos_host_facts(read_sysctl); }

std::optional<std::string> secret_machine_id() {
  // Looked up by name, because not every libSystem that runs this has it.
  const auto host_uuid = reinterpret_cast<decltype(&gethostuuid)>(dlsym(RTLD_DEFAULT, "gethostuuid"));
  constexpr timespec kPatience{1, 0};
  uuid_t id{};
  if (!host_uuid || host_uuid(id, &kPatience) != 0) return std::nullopt;
  std::string digits;
  for (const unsigned char byte : id) {
    digits += "0123456789abcdef"[byte / 16];
    digits += "0123456789abcdef"[byte % 16];
  }
  return parse_machine_id(digits);
}

std::vector<int> allowed_cpus() { return {}; }

// The oid does not exist on Intel kernels, which translate nothing.
std::string own_translator() { return sysctl_number(read_sysctl, "sysctl.proc_translated") == 1 ? "rosetta2" : "native"; }

std::string own_cpu_name() {
  const std::string brand = cpuid_brand(own_cpuid());
  return brand.empty() ? sysctl_text(read_sysctl, "machdep.cpu.brand_string").value_or("") : brand;
}

std::string own_cpu_features() {
  const CpuidSource cpu = own_cpuid();
  if (cpu.cpuid(0, 0)) return cpuid_tiers(cpu);
  return sysctl_number(read_sysctl, "hw.optional.arm.FEAT_DotProd") == 1 ? "arm64 arm64-dotprod" : "arm64";
}

std::vector<BinfmtEntry> binfmt_entries() { return {}; }

void prefer_fast_cores() { pthread_set_qos_class_self_np(QOS_CLASS_USER_INTERACTIVE, 0); }

// -w ends it with this process even if this process is killed.
void keep_awake() {
  Child::SpawnError error;
  static const std::unique_ptr<Child> child =
      Child::spawn({{"/usr/bin/caffeinate", "-i", "-w", std::to_string(getpid())}, {}, {}}, error);
}

}  // namespace m1bench

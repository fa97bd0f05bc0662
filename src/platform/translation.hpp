// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace m1bench {

// What a Linux process can see of who runs it. "" where there is nothing to see.
struct TranslationEvidence {
  std::string own_exe;        // /proc/self/exe: every translator makes it name the guest's program
  std::string thread_exe;     // /proc/self/task/<tid>/exe: the program that the kernel runs; qemu-user does not fake it
  std::string comm;           // /proc/self/comm: the name it was started by, "qemu-aarch64"
  std::string hypervisor;     // CPUID leaf 0x40000000
  std::string brand;          // CPUID brand string
  std::string cpuinfo_model;  // /proc/cpuinfo: under qemu-user the host's, inside a whole emulated machine the brand string
};

// "native", a translator's name as in own_translator(), or the file name of a program unknown here that runs this one.
std::string linux_translator(const TranslationEvidence& evidence);

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "platform/translation.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace m1bench {
namespace {

struct Mark {
  std::string_view text, translator;
};

constexpr Mark kBrands[] = {{"box64", "box64"}, {"virtualapple", "rosetta-linux"}};  // VirtualApple @ 2.50GHz
constexpr Mark kPrograms[] = {
    {"qemu-", "qemu-user"}, {"box64", "box64"}, {"fex", "fex"}, {"rosetta", "rosetta-linux"}, {"[rosetta]", "rosetta-linux"}};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

std::string linux_translator(const TranslationEvidence& evidence) {
  const std::string brand = lower(evidence.brand);
  for (const Mark& mark : kBrands) {
    if (brand.find(mark.text) != std::string::npos) return std::string(mark.translator);
  }
  if (evidence.hypervisor == "FEXIFEXIEMU") return "fex";

  const bool run_by_another =
      !evidence.thread_exe.empty() && !evidence.own_exe.empty() && evidence.thread_exe != evidence.own_exe;
  const std::string program = evidence.thread_exe.substr(evidence.thread_exe.find_last_of('/') + 1);
  if (run_by_another) {
    for (const Mark& mark : kPrograms) {
      if (lower(program).starts_with(mark.text)) return std::string(mark.translator);
    }
  }
  if (evidence.comm.starts_with("qemu-")) return "qemu-user";
  // QEMU's code generator plays the CPU in a whole emulated machine too. There the kernel saw the same CPU as this process.
  if (evidence.hypervisor == "TCGTCGTCGTCG" && (run_by_another || evidence.brand != evidence.cpuinfo_model)) return "qemu-user";
  return run_by_another ? program : "native";
}

}  // namespace m1bench

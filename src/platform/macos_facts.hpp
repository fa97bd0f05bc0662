// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "platform/host.hpp"

// What macOS tells of itself through sysctl: pure, so that the captured answers of other machines test it on every OS.
namespace m1bench {

// Both give nothing for a name that this kernel does not know.
struct Sysctl {
  std::function<std::optional<std::string>(const std::string& name)> text;
  std::function<std::optional<std::int64_t>(const std::string& name)> number;
};

// All of HostFacts but `load_average`.
HostFacts macos_host_facts(const Sysctl& sysctl);

}  // namespace m1bench

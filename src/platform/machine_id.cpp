// SPDX-License-Identifier: Apache-2.0
#include "platform/host.hpp"
#include "platform/sha256.hpp"

namespace m1bench {

std::optional<std::string> machine_id() {
  constexpr std::size_t kDigits = 16;
  const auto secret = secret_machine_id();
  const auto hash = secret ? sha256_of_line("m1bench " + *secret) : std::nullopt;
  return hash ? std::optional(hash->substr(0, kDigits)) : std::nullopt;
}

}  // namespace m1bench

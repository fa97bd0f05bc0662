// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "platform/clock.hpp"
#include "session/context.hpp"

namespace m1bench {

class RealClock final : public SessionClock {
 public:
  double now_s() override { return steady_seconds(); }
  std::string utc() override { return utc_timestamp(); }
};

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#include "app/gate.hpp"

namespace m1bench {

GateOptions gate_options(const Options& options) {
  constexpr double kStrictMargin = 0.03;
  GateOptions gate;
  if (options.strict) gate.margin = kStrictMargin;
  gate.absolute = options.absolute;
  gate.force = options.force;
  return gate;
}

}  // namespace m1bench

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "platform/files.hpp"
#include "session/context.hpp"

// What commands that measure have in common, whatever they measure.
namespace m1bench {

// One measurement at a time on a machine: held until destroyed. Throws Error(usage) if another holds it.
std::unique_ptr<MachineLock> take_machine_lock();

std::string session_id(std::uint64_t number);  // hexadecimal

// The baseline once more, as if it were another target.
void add_control_target(Run& run);

// What is known of a run only when nothing is measured any more: conditions (unless `fake`), where the time went, warnings.
void close_record(SessionContext& context, PhaseEnd end, bool fake);

}  // namespace m1bench

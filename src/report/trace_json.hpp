// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/profile.hpp"

namespace m1bench {

// The timelines as Chrome's Trace Event Format, which ui.perfetto.dev and chrome://tracing open. A target is a process, all of
// which begin at zero; a thread of a worker is a thread; loops and the operations in them are complete events ("X"), what was
// allocated since the first loop's begin are counters ("C"). Times in microseconds, to the nanosecond.
// Source: "Trace Event Format", Google, the document that Perfetto refers to.
std::string trace_json(const Run& run, const Profile& profile, const ProfileSamples& samples);

}  // namespace m1bench

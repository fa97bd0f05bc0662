// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "launch/slices.hpp"
#include "launch/translators.hpp"
#include "result/model.hpp"

// What the fake measurer runs on: a made-up x86_64 Linux box with every slice and qemu-user, the same on every machine.
namespace m1bench {

LaunchHost fake_host();
std::vector<SliceFile> fake_slices();
Tool fake_tool();
Machine fake_machine();

}  // namespace m1bench

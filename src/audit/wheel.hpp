// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

// What a package's .dist-info says of it, as text that anyone may have written. Pure.
namespace m1bench {

// An installed distribution: "numpy" 2.4.6.
struct Distribution {
  std::string folder;                // "lib/python3.11/site-packages/numpy-2.4.6.dist-info", below the root
  std::string name, version;         // as the folder has them
  std::vector<std::string> tags;     // "cp311-cp311-macosx_11_0_arm64"
  std::vector<std::string> natives;  // its .so and .dylib files, as RECORD has them: from site-packages on
};

// Name and version from ".../numpy-2.4.6.dist-info".
Distribution distribution_of(std::string_view folder);

// The values of the lines "Tag: ...".
std::vector<std::string> wheel_tags(std::string_view wheel);

// Paths of the lines of a RECORD that end in .so or .dylib.
std::vector<std::string> recorded_natives(std::string_view record);

enum class System { macos, linux };

// What a wheel's tags promise about the machine code inside.
struct WheelPlatforms {
  bool any = false;  // none at all
  std::vector<System> systems;
  std::vector<std::string> architectures;  // "arm64", "x86_64", "i386"; both of the first two for universal2
};
WheelPlatforms wheel_platforms(const std::vector<std::string>& tags);

}  // namespace m1bench

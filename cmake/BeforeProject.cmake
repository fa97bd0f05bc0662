# SPDX-License-Identifier: Apache-2.0
# What CMake must know before it looks at a compiler.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type")
endif()

if(CMAKE_HOST_SYSTEM_NAME STREQUAL "Darwin" AND NOT CMAKE_TOOLCHAIN_FILE)
  # Both slices of the universal file come out of one compiler call per source; without this an x86_64 CMake on Apple
  # silicon would silently build x86_64 alone.
  set(CMAKE_OSX_ARCHITECTURES "arm64;x86_64" CACHE STRING "Architectures of the universal file")
  set(CMAKE_OSX_DEPLOYMENT_TARGET "13.0" CACHE STRING "Oldest macOS that runs the result")
  # Homebrew's libraries hold one architecture only and cannot go into a universal file.
  list(APPEND CMAKE_IGNORE_PREFIX_PATH /opt/homebrew /usr/local)
endif()

find_program(M1BENCH_CCACHE ccache)
if(M1BENCH_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${M1BENCH_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${M1BENCH_CCACHE})
endif()

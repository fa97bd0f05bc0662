# SPDX-License-Identifier: Apache-2.0
# Slices of another architecture: this same project, configured again with a cross toolchain and without the driver.
include(ExternalProject)

if("arm64" IN_LIST M1BENCH_FOREIGN_SLICES)
  set(M1BENCH_FOREIGN_TRIPLE aarch64-linux-gnu)
else()
  set(M1BENCH_FOREIGN_TRIPLE x86_64-linux-gnu)
endif()
string(REPLACE "_" "-" M1BENCH_FOREIGN_PACKAGE ${M1BENCH_FOREIGN_TRIPLE})
find_program(M1BENCH_CROSS_CXX ${M1BENCH_FOREIGN_TRIPLE}-g++)

if(NOT M1BENCH_CROSS_CXX)
  list(JOIN M1BENCH_FOREIGN_SLICES ", " names)
  message(STATUS "Slices left out: ${names} (no ${M1BENCH_FOREIGN_TRIPLE}-g++; on Debian: apt install g++-${M1BENCH_FOREIGN_PACKAGE})")
else()
  list(JOIN M1BENCH_FOREIGN_SLICES "|" M1BENCH_FOREIGN_LIST)
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  ExternalProject_Add(m1bench_foreign_slices
    SOURCE_DIR ${CMAKE_SOURCE_DIR}
    BINARY_DIR ${CMAKE_BINARY_DIR}/foreign
    LIST_SEPARATOR "|"
    CMAKE_ARGS
      -DCMAKE_TOOLCHAIN_FILE=${CMAKE_SOURCE_DIR}/cmake/toolchains/${M1BENCH_FOREIGN_TRIPLE}.cmake
      -DCMAKE_BUILD_TYPE=${CMAKE_BUILD_TYPE}
      "-DCMAKE_CXX_FLAGS=${CMAKE_CXX_FLAGS}"
      "-DCMAKE_CXX_FLAGS_${type}=${CMAKE_CXX_FLAGS_${type}}"
      "-DM1BENCH_SLICES=${M1BENCH_FOREIGN_LIST}"
      -DM1BENCH_DRIVER=OFF
      -DM1BENCH_STRICT_FP=${M1BENCH_STRICT_FP}
      -DM1BENCH_DEPS_DIR=${M1BENCH_DEPS_DIR}
      -DM1BENCH_STATIC=${M1BENCH_STATIC}
      -DM1BENCH_LIBEXEC_DIR=${M1BENCH_LIBEXEC_DIR}
      ${M1BENCH_FETCHED_ARGUMENTS}
    BUILD_ALWAYS ON
    USES_TERMINAL_BUILD ON
    INSTALL_COMMAND "")
  list(APPEND M1BENCH_BUILT_SLICES ${M1BENCH_FOREIGN_SLICES})
endif()

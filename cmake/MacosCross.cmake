# SPDX-License-Identifier: Apache-2.0
# The universal file, made on Linux: a compiler for one architecture at a time makes its halves, and llvm-lipo joins them. The
# x86_64 half and the x86_64-v3 worker come from this same project, configured once more. Tested by tests/macos.
include(ExternalProject)
find_program(M1BENCH_LIPO NAMES llvm-lipo llvm-lipo-19 llvm-lipo-18 llvm-lipo-17 llvm-lipo-16 llvm-lipo-15 llvm-lipo-14 REQUIRED)

ExternalProject_Add(m1bench_other_half
  SOURCE_DIR ${CMAKE_SOURCE_DIR}
  BINARY_DIR ${CMAKE_BINARY_DIR}/x86_64
  CMAKE_ARGS
    -DCMAKE_TOOLCHAIN_FILE=${CMAKE_TOOLCHAIN_FILE}
    -DCMAKE_BUILD_TYPE=${CMAKE_BUILD_TYPE}
    "-DCMAKE_CXX_FLAGS=${CMAKE_CXX_FLAGS}"
    -DM1BENCH_MACOS_ARCH=x86_64
    -DM1BENCH_GBENCH=OFF
    -DM1BENCH_TESTS=OFF
    -DM1BENCH_STRICT_FP=${M1BENCH_STRICT_FP}
    -DM1BENCH_DEPS_DIR=${M1BENCH_DEPS_DIR}
    -DM1BENCH_LIBEXEC_DIR=${M1BENCH_LIBEXEC_DIR}
    ${M1BENCH_FETCHED_ARGUMENTS}
  BUILD_COMMAND ${CMAKE_COMMAND} --build <BINARY_DIR> --target m1bench_programs
  BUILD_ALWAYS ON
  USES_TERMINAL_BUILD ON
  INSTALL_COMMAND "")

set_target_properties(m1bench PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/arm64/bin)
add_custom_target(m1bench_universal ALL
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/bin
  COMMAND ${M1BENCH_LIPO} -create $<TARGET_FILE:m1bench> ${CMAKE_BINARY_DIR}/x86_64/bin/m1bench
          -output ${CMAKE_BINARY_DIR}/bin/m1bench
  COMMENT "Joining the halves of the universal file"
  VERBATIM)
add_dependencies(m1bench_universal m1bench m1bench_other_half)
add_dependencies(m1bench_programs m1bench_universal)

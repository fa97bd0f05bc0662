# SPDX-License-Identifier: Apache-2.0
option(M1BENCH_DRIVER "Build the m1bench program itself, not only its slices" ON)
option(M1BENCH_TESTS "Build the tests" ON)
option(M1BENCH_GBENCH "Build the cases as a plain Google Benchmark program" ON)
option(M1BENCH_STRICT_FP "Compile the kernels with -ffp-contract=off" OFF)
option(M1BENCH_FUZZ "Build the fuzz targets with libFuzzer (clang)" OFF)
option(M1BENCH_STATIC "Link the program and its slices statically (Linux)" ON)
option(M1BENCH_FIND_BLAS "Link Accelerate or OpenBLAS into the slices, for the variant `blas`, if it is there" ON)
set(M1BENCH_SLICES "auto" CACHE STRING "Slices to build: auto, host (its lowest only), or a list such as x86_64-v2;x86_64-v3")
set(M1BENCH_DEPS_DIR "" CACHE PATH "Folder of sources that scripts/ got: benchmark/, fmtlib/, zlib/, sqlite/")
set(M1BENCH_LIBEXEC_DIR "${CMAKE_BINARY_DIR}/libexec/m1bench" CACHE PATH "Where the slices' executables are put")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(M1BENCH_CCACHE AND M1BENCH_CCACHE_COMPILER)  # of a toolchain file
  foreach(language C CXX)
    set(CMAKE_${language}_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_COMPILERCHECK=${M1BENCH_CCACHE_COMPILER} ${M1BENCH_CCACHE})
  endforeach()
endif()

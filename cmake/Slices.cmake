# SPDX-License-Identifier: Apache-2.0
# The slices: the measured code compiled once for each instruction-set tier.
#
# Linux: libexec/m1bench/m1bench-<slice>, each a worker without the driver, linked statically: box64 would otherwise run
# the host's libm, and qemu needs no sysroot. A slice of another architecture is a sub-build with a cross toolchain.
# macOS: arm64 and x86_64-v2 live in the universal file itself; x86_64-v3 is an executable of its own, because an
# x86_64h slice does not start under Rosetta.

set(M1BENCH_SLICE_FLAGS_x86_64-v2 -march=x86-64-v2)
set(M1BENCH_SLICE_FLAGS_x86_64-v3 -march=x86-64-v3)
set(M1BENCH_SLICE_FLAGS_x86_64-v4 -march=x86-64-v4)
set(M1BENCH_SLICE_FLAGS_arm64 -march=armv8-a)
# A tier of its own only here: a Mac's arm64 has these instructions too.
set(M1BENCH_SLICE_FLAGS_arm64-dotprod -march=armv8.2-a+dotprod -DM1BENCH_DOTPROD_TIER)
set(M1BENCH_SLICE_FLAGS_universal "SHELL:-Xarch_x86_64 -march=x86-64-v2" "SHELL:-Xarch_arm64 -mcpu=apple-m1"
    -Wno-unused-command-line-argument)
if(M1BENCH_MACOS_ARCH STREQUAL "arm64")  # a half of the universal file; CPUs as Zig spells them
  set(M1BENCH_SLICE_FLAGS_universal -mcpu=apple_m1)
elseif(M1BENCH_MACOS_ARCH STREQUAL "x86_64")
  set(M1BENCH_SLICE_FLAGS_universal -mcpu=x86_64_v2)
  set(M1BENCH_SLICE_FLAGS_x86_64-v3 -mcpu=x86_64_v3)
endif()

if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
  set(M1BENCH_HOST_SLICES arm64 arm64-dotprod)
  set(M1BENCH_FOREIGN_SLICES x86_64-v2 x86_64-v3)
else()
  set(M1BENCH_HOST_SLICES x86_64-v2 x86_64-v3 x86_64-v4)
  set(M1BENCH_FOREIGN_SLICES arm64)
endif()
if(M1BENCH_SLICES STREQUAL "host")
  list(GET M1BENCH_HOST_SLICES 0 M1BENCH_HOST_SLICES)
  set(M1BENCH_FOREIGN_SLICES)
elseif(NOT M1BENCH_SLICES STREQUAL "auto")
  set(wanted ${M1BENCH_SLICES})
  foreach(kind HOST FOREIGN)
    set(kept)
    foreach(slice IN LISTS M1BENCH_${kind}_SLICES)
      if(slice IN_LIST wanted)
        list(APPEND kept ${slice})
      endif()
    endforeach()
    set(M1BENCH_${kind}_SLICES ${kept})
  endforeach()
endif()

if(M1BENCH_STRICT_FP)
  set(M1BENCH_FP_FLAGS -ffp-contract=off)
endif()
# Inputs, references and comparisons must be the same bits in every slice, whatever the kernels do.
set_source_files_properties(
  ${CMAKE_SOURCE_DIR}/src/tensor/fill.cpp ${CMAKE_SOURCE_DIR}/src/tensor/compare.cpp
  ${CMAKE_SOURCE_DIR}/src/data/synthetic.cpp ${CMAKE_SOURCE_DIR}/src/nn/initialize.cpp
  ${CMAKE_SOURCE_DIR}/src/kernels/reference.cpp ${CMAKE_SOURCE_DIR}/src/kernels/reference_winograd.cpp
  ${CMAKE_SOURCE_DIR}/src/graph/reference.cpp
  ${CMAKE_SOURCE_DIR}/src/graph/bounded_elements.cpp ${CMAKE_SOURCE_DIR}/src/graph/bounded_windows.cpp
  PROPERTIES COMPILE_OPTIONS -ffp-contract=off)

# A square root that may have to set errno keeps Adam's loop scalar (GCC and clang on Linux).
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/nn/optimizer.cpp PROPERTIES COMPILE_OPTIONS -fno-math-errno)

# Adds m1bench_measured_<slice>: what is timed, plus the source that proves which slice it is.
function(m1bench_add_measured slice)
  add_library(m1bench_measured_${slice} STATIC ${M1BENCH_MEASURED_SOURCES} ${M1BENCH_SLICE_SOURCE})
  target_include_directories(m1bench_measured_${slice} PUBLIC ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src)
  target_compile_options(m1bench_measured_${slice} PRIVATE ${M1BENCH_SLICE_FLAGS_${slice}} ${M1BENCH_FP_FLAGS})
  # What a worker says of its flags in its proof.
  set(flags ${M1BENCH_SLICE_FLAGS_${slice}} ${M1BENCH_FP_FLAGS})
  list(JOIN flags " " flags)
  string(REPLACE "SHELL:" "" flags "${flags}")
  target_compile_definitions(m1bench_measured_${slice} PRIVATE "M1BENCH_SLICE_FLAGS=\"${flags}\"")
  target_link_libraries(m1bench_measured_${slice} PRIVATE Eigen3::Eigen Threads::Threads)
  m1bench_add_blas(m1bench_blas_${slice} ${M1BENCH_BLAS} ${M1BENCH_SLICE_FLAGS_${slice}})
endfunction()

# GCC 12's AVX-512 headers read a variable that was deliberately not set (GCC bug 105593).
set(M1BENCH_QUIET_AVX512 $<$<CXX_COMPILER_ID:GNU>:-Wno-uninitialized> $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)

# The carrier, once per architecture and named m1bench_carrier[_<suffix>].
function(m1bench_add_carrier name)
  add_library(${name} STATIC ${M1BENCH_WORKER_SOURCES} ${M1BENCH_BUILD_ID_SOURCE})
  add_dependencies(${name} m1bench_build_id)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(${name} PRIVATE nlohmann_json::nlohmann_json benchmark::benchmark Threads::Threads)
endfunction()

function(m1bench_add_worker slice carrier)
  add_executable(m1bench-${slice} ${M1BENCH_WORKER_MAIN})
  target_link_libraries(m1bench-${slice} PRIVATE ${carrier} m1bench_measured_${slice} m1bench_blas_${slice} ${carrier})
  set_target_properties(m1bench-${slice} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${M1BENCH_LIBEXEC_DIR})
  if(M1BENCH_STATIC AND NOT APPLE)
    target_link_options(m1bench-${slice} PRIVATE -static)
  endif()
endfunction()

m1bench_add_carrier(m1bench_carrier)
set(M1BENCH_BUILT_SLICES)

if(APPLE)
  m1bench_add_measured(universal)
  set(M1BENCH_HOST_MEASURED m1bench_measured_universal m1bench_blas_universal)
  set(architectures ${CMAKE_OSX_ARCHITECTURES} ${M1BENCH_MACOS_ARCH})
  if("x86_64" IN_LIST architectures)
    m1bench_add_measured(x86_64-v3)
    m1bench_add_worker(x86_64-v3 m1bench_carrier)
    if(CMAKE_OSX_ARCHITECTURES)
      set_target_properties(m1bench_measured_x86_64-v3 m1bench-x86_64-v3 PROPERTIES OSX_ARCHITECTURES x86_64)
    endif()
    list(APPEND M1BENCH_BUILT_SLICES x86_64-v3)
  endif()
else()
  foreach(slice IN LISTS M1BENCH_HOST_SLICES)
    m1bench_add_measured(${slice})
    m1bench_add_worker(${slice} m1bench_carrier)
    list(APPEND M1BENCH_BUILT_SLICES ${slice})
    if(slice STREQUAL "x86_64-v4")
      target_compile_options(m1bench_measured_${slice} PRIVATE ${M1BENCH_QUIET_AVX512})
    endif()
  endforeach()
  list(GET M1BENCH_HOST_SLICES 0 M1BENCH_HOST_SLICE)
  m1bench_add_blas(m1bench_blas_none none)
  set(M1BENCH_HOST_MEASURED m1bench_measured_${M1BENCH_HOST_SLICE} m1bench_blas_none)
  if(M1BENCH_DRIVER AND M1BENCH_FOREIGN_SLICES)
    include(cmake/ForeignSlices.cmake)
  endif()
endif()

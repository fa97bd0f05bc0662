# SPDX-License-Identifier: Apache-2.0
# A layer is its folder: every .cpp in src/<layer>. Platform chooses among its files by the OS in the
# file's name, and kernels among blas_*.cpp.
# docs/design.md says which layer may include which; the test lint.layers holds the code to it.

function(m1bench_layer_sources out)
  set(files)
  foreach(layer IN LISTS ARGN)
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${layer}/*.cpp)
    if(APPLE)
      list(FILTER found EXCLUDE REGEX "_linux\\.cpp$")
    else()
      list(FILTER found EXCLUDE REGEX "_macos\\.cpp$")
    endif()
    list(FILTER found EXCLUDE REGEX "/blas_[a-z]+\\.cpp$")  # cmake/Blas.cmake chooses
    list(APPEND files ${found})
  endforeach()
  set(${out} ${files} PARENT_SCOPE)
endfunction()

# What is timed: compiled once for every slice, with the same flags but for -march/-mcpu.
m1bench_layer_sources(M1BENCH_MEASURED_SOURCES core tensor kernels nn data graph bench)
# What carries it into a child process: compiled once for every architecture.
m1bench_layer_sources(M1BENCH_WORKER_SOURCES platform result worker)
# What stays in the parent.
m1bench_layer_sources(M1BENCH_DRIVER_SOURCES datafile stats launch audit analysis session exec history report app)
# Each program's entry point is linked by name, and what says which slice this is belongs to the slice.
set(M1BENCH_MAIN ${CMAKE_SOURCE_DIR}/src/app/main.cpp)
set(M1BENCH_WORKER_MAIN ${CMAKE_SOURCE_DIR}/src/worker/main.cpp)
set(M1BENCH_SLICE_SOURCE ${CMAKE_SOURCE_DIR}/src/worker/slice.cpp)
list(REMOVE_ITEM M1BENCH_DRIVER_SOURCES ${M1BENCH_MAIN})
list(REMOVE_ITEM M1BENCH_WORKER_SOURCES ${M1BENCH_WORKER_MAIN} ${M1BENCH_SLICE_SOURCE})

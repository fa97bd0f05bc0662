# SPDX-License-Identifier: Apache-2.0
# The library behind the variant `blas`: Accelerate on macOS, OpenBLAS elsewhere if it is there; never required. Workers are
# linked statically, so of OpenBLAS its archive is wanted, and of the programs only they get it: it starts threads before
# main. Sets M1BENCH_BLAS (none, openblas, accelerate).
set(M1BENCH_BLAS none)
add_library(m1bench_blas_library INTERFACE)

if(NOT M1BENCH_FIND_BLAS OR CMAKE_CROSSCOMPILING)
elseif(APPLE)
  find_library(M1BENCH_ACCELERATE Accelerate)
  if(M1BENCH_ACCELERATE)
    set(M1BENCH_BLAS accelerate)
    target_compile_options(m1bench_blas_library INTERFACE -Wno-deprecated-declarations)  # the newer CBLAS wants macOS 13.3
    target_link_libraries(m1bench_blas_library INTERFACE "-framework Accelerate")
  endif()
elseif(M1BENCH_STATIC)
  find_path(M1BENCH_OPENBLAS_INCLUDE openblas_config.h PATH_SUFFIXES openblas-pthread openblas)
  find_library(M1BENCH_OPENBLAS_LIBRARY libopenblas.a PATH_SUFFIXES openblas-pthread)
  if(M1BENCH_OPENBLAS_INCLUDE AND M1BENCH_OPENBLAS_LIBRARY)
    target_include_directories(m1bench_blas_library SYSTEM INTERFACE ${M1BENCH_OPENBLAS_INCLUDE})
    target_link_libraries(m1bench_blas_library INTERFACE ${M1BENCH_OPENBLAS_LIBRARY} Threads::Threads)
    # An archive may want a Fortran library that nobody installed.
    include(CheckCXXSourceCompiles)
    set(CMAKE_REQUIRED_INCLUDES ${M1BENCH_OPENBLAS_INCLUDE})
    set(CMAKE_REQUIRED_LIBRARIES ${M1BENCH_OPENBLAS_LIBRARY} Threads::Threads)
    set(CMAKE_REQUIRED_LINK_OPTIONS -static)
    check_cxx_source_compiles("#include <cblas.h>
      int main() { float c = 0; cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, 1, 1, 1, 1, &c, 1, &c, 1, 0, &c, 1);
      return openblas_get_num_threads() + openblas_get_corename()[0]; }" M1BENCH_OPENBLAS_LINKS)
    unset(CMAKE_REQUIRED_INCLUDES)
    unset(CMAKE_REQUIRED_LIBRARIES)
    unset(CMAKE_REQUIRED_LINK_OPTIONS)
    if(M1BENCH_OPENBLAS_LINKS)
      set(M1BENCH_BLAS openblas)
      file(STRINGS ${M1BENCH_OPENBLAS_INCLUDE}/openblas_config.h version REGEX "OPENBLAS_VERSION")
      string(REGEX REPLACE ".*OpenBLAS ([0-9.]+).*" "\\1" version "${version}")
      list(APPEND M1BENCH_LIBRARY_VERSIONS "OpenBLAS=${version}")
    endif()
  endif()
endif()
message(STATUS "Library of the variant `blas`: ${M1BENCH_BLAS}")

# m1bench_add_blas(<name> <body> <flags of the slice>...)
function(m1bench_add_blas name body)
  add_library(${name} STATIC ${CMAKE_SOURCE_DIR}/src/kernels/blas_${body}.cpp)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src)
  target_compile_options(${name} PRIVATE ${ARGN})
  if(NOT body STREQUAL "none")
    target_link_libraries(${name} PUBLIC m1bench_blas_library)
  endif()
endfunction()

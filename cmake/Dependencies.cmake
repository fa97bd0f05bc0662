# SPDX-License-Identifier: Apache-2.0
# Header-only libraries are found first and fetched otherwise, pinned by commit. Google Benchmark is always compiled from
# source, because every slice links it statically: from M1BENCH_DEPS_DIR (scripts/ fills it on Debian), else fetched.
include(FetchContent)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

# m1bench_find_or_fetch(package target repository commit): afterwards `target` exists.
function(m1bench_find_or_fetch package target repository commit)
  find_package(${package} QUIET)
  if(NOT TARGET ${target})
    message(STATUS "${package}: not found, fetching ${repository} at ${commit}")
    FetchContent_Declare(${package} GIT_REPOSITORY ${repository} GIT_TAG ${commit} SYSTEM)
    FetchContent_MakeAvailable(${package})
  endif()
  if(TARGET ${target})
    get_target_property(real ${target} ALIASED_TARGET)
    if(NOT real)
      set_target_properties(${target} PROPERTIES IMPORTED_GLOBAL TRUE)
    endif()
  endif()
endfunction()

set(EIGEN_BUILD_DOC OFF)
set(EIGEN_BUILD_TESTING OFF)
m1bench_find_or_fetch(Eigen3 Eigen3::Eigen https://gitlab.com/libeigen/eigen.git 3147391d946bb4b6c68edd901f2add6ac1f31f8c) # 3.4.0
m1bench_find_or_fetch(nlohmann_json nlohmann_json::nlohmann_json https://github.com/nlohmann/json.git 9cca280a4d0ccf0c08f47a99aa71d1b0e52f8d03) # 3.11.3

set(BENCHMARK_ENABLE_TESTING OFF)
set(BENCHMARK_ENABLE_INSTALL OFF)
set(BENCHMARK_ENABLE_WERROR OFF)
set(BENCHMARK_DOWNLOAD_DEPENDENCIES OFF)
set(BUILD_SHARED_LIBS OFF)
set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)
if(M1BENCH_DEPS_DIR AND EXISTS ${M1BENCH_DEPS_DIR}/benchmark/CMakeLists.txt)
  set(FETCHCONTENT_SOURCE_DIR_BENCHMARK ${M1BENCH_DEPS_DIR}/benchmark)
endif()
FetchContent_Declare(benchmark GIT_REPOSITORY https://github.com/google/benchmark.git
                     GIT_TAG 344117638c8ff7e239044fd0fa7085839fc03021 SYSTEM) # 1.8.3
FetchContent_MakeAvailable(benchmark)

if(M1BENCH_DRIVER)
  m1bench_find_or_fetch(fmt fmt::fmt-header-only https://github.com/fmtlib/fmt.git a33701196adfad74917046096bf5a2aa0ab0bb50) # 9.1.0
endif()

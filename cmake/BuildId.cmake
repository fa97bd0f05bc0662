# SPDX-License-Identifier: Apache-2.0
# M1BENCH_BUILD_ID_SOURCE: a source that says how and from what this was built (src/platform/build_info.hpp). The target
# m1bench_build_id looks at the sources on every build; nothing is compiled again unless they changed.
find_package(Git QUIET)
set(M1BENCH_BUILD_ID_SOURCE ${CMAKE_BINARY_DIR}/generated/build_id.cpp)

string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
set(M1BENCH_COMMON_FLAGS "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}}")
string(REGEX REPLACE "-W[a-z-]+(=[^ ]*)?( |$)" "" M1BENCH_COMMON_FLAGS "${M1BENCH_COMMON_FLAGS}")  # warnings change no code
string(STRIP "${M1BENCH_COMMON_FLAGS}" M1BENCH_COMMON_FLAGS)
set(strict_fp false)
if(M1BENCH_STRICT_FP)
  set(strict_fp true)
endif()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/build_settings.cmake @ONLY CONTENT [==[
set(SOURCE_DIR [=[@CMAKE_SOURCE_DIR@]=])
set(GIT [=[@GIT_EXECUTABLE@]=])
set(VERSION [=[@PROJECT_VERSION@]=])
set(BUILD_TYPE [=[@CMAKE_BUILD_TYPE@]=])
set(COMPILER [=[@CMAKE_CXX_COMPILER_ID@ @CMAKE_CXX_COMPILER_VERSION@]=])
set(FLAGS [=[@M1BENCH_COMMON_FLAGS@]=])
set(STRICT_FP @strict_fp@)
set(LIBRARIES [=[@M1BENCH_LIBRARY_VERSIONS@]=])
]==])

add_custom_target(m1bench_build_id
  COMMAND ${CMAKE_COMMAND} -DSETTINGS=${CMAKE_BINARY_DIR}/generated/build_settings.cmake
          -DOUTPUT=${M1BENCH_BUILD_ID_SOURCE} -P ${CMAKE_SOURCE_DIR}/cmake/build_id/generate.cmake
  BYPRODUCTS ${M1BENCH_BUILD_ID_SOURCE}
  COMMENT "Looking at the sources")

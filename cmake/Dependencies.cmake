# SPDX-License-Identifier: Apache-2.0
# Each library is found first and fetched otherwise, pinned by the SHA-256 of its release. Of a fetched header-only library
# only the headers are used, never its own CMake files. Google Benchmark is always compiled from source, because every slice
# links it statically: from M1BENCH_DEPS_DIR (scripts/ fills it on Debian), else fetched.
include(FetchContent)
set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

set(M1BENCH_LIBRARY_VERSIONS)   # "Eigen=3.4.0;...": what build_info() tells
set(M1BENCH_FETCHED_ARGUMENTS)  # for a sub-build: use what was fetched here

# m1bench_fetch(<name> <url> <sha256>) sets <name>_SOURCE_DIR. A SOURCE_SUBDIR that does not exist keeps FetchContent from
# adding the library's own project to ours.
macro(m1bench_fetch name url sha256)
  message(STATUS "Fetching ${url}")
  FetchContent_Declare(${name} URL ${url} URL_HASH SHA256=${sha256} SOURCE_SUBDIR none DOWNLOAD_EXTRACT_TIMESTAMP FALSE)
  FetchContent_MakeAvailable(${name})
  string(TOUPPER ${name} upper)
  list(APPEND M1BENCH_FETCHED_ARGUMENTS -DFETCHCONTENT_SOURCE_DIR_${upper}=${${name}_SOURCE_DIR})
endmacro()

# m1bench_show_only(<variable> <folder of headers>): for another system, /usr/include would hide the headers of its own C
# library; so <variable>, if it is that path, becomes one that holds nothing but <folder>.
function(m1bench_show_only variable folder)
  if(CMAKE_CROSSCOMPILING AND ${variable} STREQUAL "/usr/include")
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/headers)
    file(CREATE_LINK /usr/include/${folder} ${CMAKE_BINARY_DIR}/headers/${folder} SYMBOLIC)
    set(${variable} ${CMAKE_BINARY_DIR}/headers PARENT_SCOPE)
  endif()
endfunction()

# m1bench_headers_of(<package> TARGET <its target> HEADERS <its folder> VERSION <of the pin> URL .. SHA256 .. INCLUDE <folder>
#                    DEFINE <macros>)
# Afterwards the package's own target exists, found or made of the fetched headers.
macro(m1bench_headers_of package)
  cmake_parse_arguments(pin "" "TARGET;HEADERS;VERSION;URL;SHA256;INCLUDE" "DEFINE" ${ARGN})
  find_package(${package} QUIET CONFIG)
  if(TARGET ${pin_TARGET})
    get_target_property(found_include ${pin_TARGET} INTERFACE_INCLUDE_DIRECTORIES)
    m1bench_show_only(found_include ${pin_HEADERS})
    set_target_properties(${pin_TARGET} PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${found_include}")
    list(APPEND M1BENCH_LIBRARY_VERSIONS "${package}=${${package}_VERSION}")
  else()
    string(TOLOWER ${package} lower)
    m1bench_fetch(${lower} ${pin_URL} ${pin_SHA256})
    add_library(${pin_TARGET} INTERFACE IMPORTED)
    target_include_directories(${pin_TARGET} INTERFACE ${${lower}_SOURCE_DIR}/${pin_INCLUDE})
    target_compile_definitions(${pin_TARGET} INTERFACE ${pin_DEFINE})
    list(APPEND M1BENCH_LIBRARY_VERSIONS "${package}=${pin_VERSION}")
  endif()
endmacro()

m1bench_headers_of(Eigen3 TARGET Eigen3::Eigen HEADERS eigen3 VERSION 3.4.0 INCLUDE .
  URL https://gitlab.com/libeigen/eigen/-/archive/3.4.0/eigen-3.4.0.tar.gz
  SHA256 8586084f71f9bde545ee7fa6d00288b264a2b7ac3607b974e54d13e7162c1c72)
m1bench_headers_of(nlohmann_json TARGET nlohmann_json::nlohmann_json HEADERS nlohmann VERSION 3.11.3 INCLUDE include
  URL https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz
  SHA256 d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d)

# Google Benchmark, with its own CMake files.
set(BENCHMARK_ENABLE_TESTING OFF)
set(BENCHMARK_ENABLE_INSTALL OFF)
set(BENCHMARK_INSTALL_DOCS OFF)
set(BENCHMARK_ENABLE_WERROR OFF)
set(BUILD_SHARED_LIBS OFF)
if(M1BENCH_DEPS_DIR AND EXISTS ${M1BENCH_DEPS_DIR}/benchmark/CMakeLists.txt)
  set(FETCHCONTENT_SOURCE_DIR_BENCHMARK ${M1BENCH_DEPS_DIR}/benchmark)
endif()
FetchContent_Declare(benchmark SYSTEM
  URL https://github.com/google/benchmark/archive/refs/tags/v1.8.3.tar.gz
  URL_HASH SHA256=6bc180a57d23d4d9515519f92b0c83d61b05b5bab188961f36ac7b06b0d9e9ce
  DOWNLOAD_EXTRACT_TIMESTAMP FALSE)
FetchContent_MakeAvailable(benchmark)
list(APPEND M1BENCH_FETCHED_ARGUMENTS -DFETCHCONTENT_SOURCE_DIR_BENCHMARK=${benchmark_SOURCE_DIR})
target_compile_options(benchmark PRIVATE -w)  # its warnings are its authors' business
file(STRINGS ${benchmark_SOURCE_DIR}/CMakeLists.txt version REGEX "^project *\\(benchmark VERSION" LIMIT_COUNT 1)
string(REGEX REPLACE ".*VERSION ([0-9.]+).*" "\\1" version "${version}")
list(APPEND M1BENCH_LIBRARY_VERSIONS "benchmark=${version}")

if(M1BENCH_DRIVER)
  include(cmake/Fmt.cmake)
  m1bench_headers_of(CLI11 TARGET CLI11::CLI11 HEADERS CLI VERSION 2.4.2 INCLUDE include
    URL https://github.com/CLIUtils/CLI11/archive/refs/tags/v2.4.2.tar.gz
    SHA256 f2d893a65c3b1324c50d4e682c0cdc021dd0477ae2c048544f39eed6654b699a)
  # Only Boost.Math, which stands alone when it is not part of a whole Boost.
  m1bench_headers_of(Boost TARGET Boost::headers HEADERS boost VERSION 1.83.0 INCLUDE include DEFINE BOOST_MATH_STANDALONE=1
    URL https://github.com/boostorg/math/archive/refs/tags/boost-1.83.0.tar.gz
    SHA256 53e5f7539a66899fe0fca3080405cbd5f7959da5394ec13664746741aece1705)

  # Its name in CMake differs between releases, and only the headers are used.
  find_path(M1BENCH_FLATBUFFERS_INCLUDE flatbuffers/flatbuffers.h)
  if(NOT M1BENCH_FLATBUFFERS_INCLUDE)
    m1bench_fetch(flatbuffers https://github.com/google/flatbuffers/archive/v2.0.8.tar.gz
                  f97965a727d26386afaefff950badef2db3ab6af9afe23ed6d94bfb65f95f37e)
    set(M1BENCH_FLATBUFFERS_INCLUDE ${flatbuffers_SOURCE_DIR}/include)
  endif()
  add_library(m1bench_flatbuffers INTERFACE)
  set(include ${M1BENCH_FLATBUFFERS_INCLUDE})
  m1bench_show_only(include flatbuffers)
  target_include_directories(m1bench_flatbuffers SYSTEM INTERFACE ${include})
  set(version)
  foreach(part MAJOR MINOR REVISION)
    file(STRINGS ${M1BENCH_FLATBUFFERS_INCLUDE}/flatbuffers/base.h line REGEX "define FLATBUFFERS_VERSION_${part} " LIMIT_COUNT 1)
    string(REGEX REPLACE ".*VERSION_${part} +([0-9]+).*" "\\1" number "${line}")
    list(APPEND version ${number})
  endforeach()
  list(JOIN version "." version)
  list(APPEND M1BENCH_LIBRARY_VERSIONS "flatbuffers=${version}")

  if(NOT APPLE)
    set(ZLIB_USE_STATIC_LIBS ON)  # macOS has it in the SDK, for every architecture
  endif()
  if(NOT CMAKE_CROSSCOMPILING)
    find_package(ZLIB QUIET)
  endif()
  if(TARGET ZLIB::ZLIB)
    list(APPEND M1BENCH_LIBRARY_VERSIONS "zlib=${ZLIB_VERSION_STRING}")
  else()
    if(M1BENCH_DEPS_DIR AND EXISTS ${M1BENCH_DEPS_DIR}/zlib/zlib.h)
      set(zlib_SOURCE_DIR ${M1BENCH_DEPS_DIR}/zlib)
    else()
      m1bench_fetch(zlib https://zlib.net/fossils/zlib-1.3.1.tar.gz
                    9a93b2b7dfdac77ceba5a558a580e74667dd6fede4585b91eefb60f03b72df23)
    endif()
    set(files adler32 crc32 inffast inflate inftrees zutil)  # what inflating needs
    list(TRANSFORM files PREPEND ${zlib_SOURCE_DIR}/)
    list(TRANSFORM files APPEND .c)
    add_library(m1bench_zlib STATIC ${files})
    target_include_directories(m1bench_zlib SYSTEM PUBLIC ${zlib_SOURCE_DIR})
    target_compile_options(m1bench_zlib PRIVATE -w)
    target_compile_definitions(m1bench_zlib PRIVATE fdopen=fdopen)  # before 1.3.1 it thinks that a Mac has none
    add_library(ZLIB::ZLIB ALIAS m1bench_zlib)
    file(STRINGS ${zlib_SOURCE_DIR}/zlib.h version REGEX "define ZLIB_VERSION " LIMIT_COUNT 1)
    string(REGEX REPLACE ".*\"([0-9.]+).*" "\\1" version "${version}")
    list(APPEND M1BENCH_LIBRARY_VERSIONS "zlib=${version}")
  endif()
  include(cmake/Sqlite.cmake)
endif()

if(M1BENCH_DRIVER AND M1BENCH_TESTS AND NOT M1BENCH_MACOS_CROSS)
  find_package(GTest QUIET CONFIG)
  if(NOT TARGET GTest::gtest_main)
    set(INSTALL_GTEST OFF)
    FetchContent_Declare(googletest SYSTEM
      URL https://github.com/google/googletest/archive/refs/tags/v1.14.0.tar.gz
      URL_HASH SHA256=8ad598c73ad796e0d8280b082cebd82a630d73e73cd3c70057938a6501bba5d7
      DOWNLOAD_EXTRACT_TIMESTAMP FALSE)
    FetchContent_MakeAvailable(googletest)
  endif()
endif()

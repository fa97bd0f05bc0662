# SPDX-License-Identifier: Apache-2.0
# fmt, compiled once where its source is there: of headers alone every file that formats compiles the whole library anew, which
# takes 3 to 10 s each. The source comes from M1BENCH_DEPS_DIR (scripts/ fills it on Debian, whose package has headers and a shared
# library), else the headers of the system serve, else the source is fetched.
add_library(m1bench_fmt INTERFACE)
if(M1BENCH_DEPS_DIR AND EXISTS ${M1BENCH_DEPS_DIR}/fmtlib/src/format.cc)
  set(fmt_SOURCE_DIR ${M1BENCH_DEPS_DIR}/fmtlib)
  file(STRINGS ${fmt_SOURCE_DIR}/include/fmt/core.h version REGEX "define FMT_VERSION ")
  string(REGEX REPLACE ".* ([0-9]+)(..)(..)$" "\\1;\\2;\\3" version "${version}")
  list(TRANSFORM version REPLACE "^0" "")
  list(JOIN version "." version)
  list(APPEND M1BENCH_LIBRARY_VERSIONS "fmt=${version}")
else()
  m1bench_headers_of(fmt TARGET fmt::fmt-header-only HEADERS fmt VERSION 9.1.0 INCLUDE include DEFINE FMT_HEADER_ONLY=1
    URL https://github.com/fmtlib/fmt/archive/refs/tags/9.1.0.tar.gz
    SHA256 5dea48d1fcddc3ec571ce2058e13910a0d4a6bab4cc09a809d8b1dd1c88ae6f2)
endif()
if(fmt_SOURCE_DIR)
  add_library(m1bench_fmt_source STATIC ${fmt_SOURCE_DIR}/src/format.cc)
  target_include_directories(m1bench_fmt_source SYSTEM PUBLIC ${fmt_SOURCE_DIR}/include)
  target_compile_options(m1bench_fmt_source PRIVATE -w)
  target_link_libraries(m1bench_fmt INTERFACE m1bench_fmt_source)
else()
  target_link_libraries(m1bench_fmt INTERFACE fmt::fmt-header-only)
endif()

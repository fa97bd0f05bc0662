# SPDX-License-Identifier: Apache-2.0
# What draws the charts of the HTML report: D3 and Observable Plot, each as the one minified file that its authors publish on
# npm. scripts/prepare.sh puts both into M1BENCH_DEPS_DIR; else they are fetched. Both ways it is the release that
# scripts/html/package-lock.json names. Nothing of npm or Node is needed to build.

# What npm installed counts only if it is of today's lock file, whose copy scripts/prepare.sh leaves beside it.
set(lock ${CMAKE_SOURCE_DIR}/scripts/html/package-lock.json)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${lock})
set(M1BENCH_NPM_CHARTS "")
if(M1BENCH_DEPS_DIR AND EXISTS ${M1BENCH_DEPS_DIR}/html/node_modules/installed)
  file(SHA256 ${lock} wanted)
  file(SHA256 ${M1BENCH_DEPS_DIR}/html/node_modules/installed installed)
  if(wanted STREQUAL installed)
    set(M1BENCH_NPM_CHARTS ${M1BENCH_DEPS_DIR}/html/node_modules)
  endif()
endif()

# m1bench_chart_library(<variable> <name> <package> <file in it> URL <its release> SHA256 <of it>): its folder, which has that
# file and a LICENSE. FetchContent knows it as <name>.
function(m1bench_chart_library variable name package file)
  cmake_parse_arguments(PARSE_ARGV 4 pin "" "URL;SHA256" "")
  if(M1BENCH_NPM_CHARTS AND EXISTS ${M1BENCH_NPM_CHARTS}/${package}/${file})
    set(${name}_SOURCE_DIR ${M1BENCH_NPM_CHARTS}/${package})
  else()
    m1bench_fetch(${name} ${pin_URL} ${pin_SHA256})
  endif()
  set(${variable} ${${name}_SOURCE_DIR} PARENT_SCOPE)
  set(M1BENCH_FETCHED_ARGUMENTS ${M1BENCH_FETCHED_ARGUMENTS} PARENT_SCOPE)
endfunction()

m1bench_chart_library(M1BENCH_D3 chart_d3 d3 dist/d3.min.js
  URL https://registry.npmjs.org/d3/-/d3-7.9.0.tgz
  SHA256 7e36605710a2ba54846797c8c6d888911341b215ae53257dc32a49a0b824355e)
m1bench_chart_library(M1BENCH_PLOT chart_plot @observablehq/plot dist/plot.umd.min.js
  URL https://registry.npmjs.org/@observablehq/plot/-/plot-0.6.17.tgz
  SHA256 4dcc9f7afd10caee8b2283c0075a5765610cfbbf6d7d93cdb153b3b5d3501afc)

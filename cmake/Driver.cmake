# SPDX-License-Identifier: Apache-2.0
# The program itself: everything but main.cpp in a library, so that the tests link what the program links.

# An installed tree has no other files than programs, so what they need is arrays in sources.
# m1bench_embed(<variable> HEADER <header> TYPE <struct> FUNCTION <name> FILES <file or name=file>..): a source that defines
# <name>, which <header> declares.
function(m1bench_embed variable)
  cmake_parse_arguments(embed "" "HEADER;TYPE;FUNCTION" "FILES" ${ARGN})
  set(output ${CMAKE_BINARY_DIR}/generated/${embed_FUNCTION}.cpp)
  set(script ${CMAKE_SOURCE_DIR}/cmake/embed/generate.cmake)
  set(files ${embed_FILES})
  list(TRANSFORM files REPLACE "^[^=/]+=" "")
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${embed_FILES}" -DHEADER=${embed_HEADER} -DTYPE=${embed_TYPE} -DFUNCTION=${embed_FUNCTION}
            -DOUTPUT=${output} -P ${script}
    DEPENDS ${files} ${script}
    COMMENT "Embedding for ${embed_FUNCTION}()"
    VERBATIM)
  set(${variable} ${output} PARENT_SCOPE)
endfunction()

# The models of infer/mnist-cnn-*.
set(models mnist-cnn-f32 mnist-cnn-int8)
list(TRANSFORM models PREPEND ${CMAKE_SOURCE_DIR}/tests/data/tflite/)
list(TRANSFORM models APPEND .tflite)
m1bench_embed(M1BENCH_MODELS_SOURCE HEADER app/embedded_models.hpp TYPE EmbeddedModel FUNCTION embedded_models FILES ${models})

# What HTML pages hold, in their order (src/report/html_page.cpp says which is for one kind of page alone).
include(cmake/ChartLibraries.cmake)
set(page ${CMAKE_SOURCE_DIR}/src/report/html)
m1bench_embed(M1BENCH_PAGE_SOURCE HEADER report/page_files.hpp TYPE PageFile FUNCTION page_files FILES
  ${page}/report.css ${page}/first.js
  d3-LICENSE=${M1BENCH_D3}/LICENSE ${M1BENCH_D3}/dist/d3.min.js
  plot-LICENSE=${M1BENCH_PLOT}/LICENSE ${M1BENCH_PLOT}/dist/plot.umd.min.js ${page}/parts-LICENSE
  ${page}/charts.js ${page}/figure.js ${page}/table.js ${page}/page.js ${page}/trends.js)

add_library(m1bench_driver STATIC ${M1BENCH_DRIVER_SOURCES} ${M1BENCH_MODELS_SOURCE} ${M1BENCH_PAGE_SOURCE})
target_include_directories(m1bench_driver PUBLIC ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src)
target_link_libraries(m1bench_driver PRIVATE
  m1bench_fmt nlohmann_json::nlohmann_json CLI11::CLI11 Boost::headers ZLIB::ZLIB m1bench_flatbuffers
  m1bench_sqlite Threads::Threads)
# Nothing of it is timed, and -O3 compiles for half as long again.
target_compile_options(m1bench_driver PRIVATE $<$<CONFIG:Release>:-O2>)

# What a program made of the driver links, in this order: a layer to the left uses those to its right.
set(M1BENCH_PROGRAM_LIBRARIES m1bench_driver m1bench_carrier ${M1BENCH_HOST_MEASURED})

add_executable(m1bench ${M1BENCH_MAIN})
target_link_libraries(m1bench PRIVATE ${M1BENCH_PROGRAM_LIBRARIES})
if(M1BENCH_STATIC AND NOT APPLE)
  target_link_options(m1bench PRIVATE -static)
  m1bench_link_sqlite(m1bench)
endif()

# What somebody who only wants to run m1bench needs.
add_custom_target(m1bench_programs)
add_dependencies(m1bench_programs m1bench)
foreach(target IN LISTS M1BENCH_BUILT_SLICES ITEMS foreign)
  foreach(name m1bench-${target} m1bench_${target}_slices)
    if(TARGET ${name})
      add_dependencies(m1bench_programs ${name})
    endif()
  endforeach()
endforeach()

# Apple silicon runs nothing unsigned, and the linker signs only the slices that it made for arm64.
if(APPLE AND NOT CMAKE_CROSSCOMPILING)
  foreach(program m1bench m1bench-x86_64-v3)
    if(TARGET ${program})
      add_custom_command(TARGET ${program} POST_BUILD COMMAND codesign --force --sign - $<TARGET_FILE:${program}> VERBATIM)
    endif()
  endforeach()
endif()

# Every header compiled alone (target all_verify_interface_header_sets).
file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/include/*.hpp ${CMAKE_SOURCE_DIR}/src/*.hpp)
list(FILTER headers EXCLUDE REGEX "_(arm|x86)\\.hpp$")  # intrinsics: compiled with the slices that have them
add_library(m1bench_headers INTERFACE)
target_sources(m1bench_headers INTERFACE
  FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src FILES ${headers})
target_link_libraries(m1bench_headers INTERFACE
  Eigen3::Eigen nlohmann_json::nlohmann_json m1bench_fmt CLI11::CLI11 m1bench_flatbuffers)
set_target_properties(m1bench_headers PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)

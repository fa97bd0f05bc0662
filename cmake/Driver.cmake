# SPDX-License-Identifier: Apache-2.0
# The program itself: everything but main.cpp in a library, so that the tests link what the program links.

# The models of infer/mnist-cnn-*, as arrays in a source: an installed tree has no other files than programs.
set(models mnist-cnn-f32 mnist-cnn-int8)
list(TRANSFORM models PREPEND ${CMAKE_SOURCE_DIR}/tests/data/tflite/)
list(TRANSFORM models APPEND .tflite)
set(M1BENCH_MODELS_SOURCE ${CMAKE_BINARY_DIR}/generated/embedded_models.cpp)
set(script ${CMAKE_SOURCE_DIR}/cmake/embed/generate.cmake)
add_custom_command(OUTPUT ${M1BENCH_MODELS_SOURCE}
  COMMAND ${CMAKE_COMMAND} "-DFILES=${models}" -DOUTPUT=${M1BENCH_MODELS_SOURCE} -P ${script}
  DEPENDS ${models} ${script}
  COMMENT "Embedding the models"
  VERBATIM)

add_library(m1bench_driver STATIC ${M1BENCH_DRIVER_SOURCES} ${M1BENCH_MODELS_SOURCE})
target_include_directories(m1bench_driver PUBLIC ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src)
target_link_libraries(m1bench_driver PRIVATE
  fmt::fmt-header-only nlohmann_json::nlohmann_json CLI11::CLI11 Boost::headers ZLIB::ZLIB m1bench_flatbuffers
  m1bench_sqlite Threads::Threads)

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
  Eigen3::Eigen nlohmann_json::nlohmann_json fmt::fmt-header-only CLI11::CLI11 m1bench_flatbuffers)
set_target_properties(m1bench_headers PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)

# SPDX-License-Identifier: Apache-2.0
# Writes build_id.cpp, and only when its text changes:
# cmake -DSETTINGS=<what configuring knew> -DOUTPUT=<file> -P generate.cmake
# Costs a few hundredths of a second, because it runs on every build.
cmake_minimum_required(VERSION 3.25)
include(${SETTINGS})

# The identity of a build is the sources it was made from, so that slices built apart (a cross sub-build, another
# compiler) have the same one exactly when they belong together.
file(GLOB_RECURSE files LIST_DIRECTORIES FALSE RELATIVE ${SOURCE_DIR}
     ${SOURCE_DIR}/include/* ${SOURCE_DIR}/src/* ${SOURCE_DIR}/cmake/*)
list(APPEND files CMakeLists.txt)
list(SORT files)
set(digests)
foreach(file IN LISTS files)
  file(SHA256 ${SOURCE_DIR}/${file} digest)
  string(APPEND digests "${file} ${digest}\n")
endforeach()
string(SHA256 BUILD_ID "${digests}")
string(SUBSTRING ${BUILD_ID} 0 16 BUILD_ID)

# A tarball unpacked inside somebody else's checkout has no commit of its own.
set(COMMIT "")
set(DIRTY false)
if(GIT AND EXISTS ${SOURCE_DIR}/.git)
  execute_process(COMMAND ${GIT} -C ${SOURCE_DIR} rev-parse HEAD
                  OUTPUT_VARIABLE COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(failed)
    set(COMMIT "")
  else()
    execute_process(COMMAND ${GIT} -C ${SOURCE_DIR} status --porcelain -- include src cmake CMakeLists.txt
                    OUTPUT_VARIABLE changes ERROR_QUIET)
    if(changes)
      set(DIRTY true)
    endif()
  endif()
endif()

set(LIBRARY_ROWS)
foreach(library IN LISTS LIBRARIES)
  string(REPLACE "=" "\", \"" row "${library}")
  string(APPEND LIBRARY_ROWS "\n    {\"${row}\"},")
endforeach()
file(READ ${CMAKE_CURRENT_LIST_DIR}/build_id.cpp.in template)
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "${template}" @ONLY)

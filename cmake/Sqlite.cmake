# SPDX-License-Identifier: Apache-2.0
# SQLite, for the history of runs: the archive of the system (the SDK's library on a Mac), else the amalgamation, compiled here:
# from M1BENCH_DEPS_DIR (scripts/ fills it for the Mac's build on Linux), else fetched. Both times it comes in the npm package
# better-sqlite3, because who can get Zig there can get it too.
# Sets M1BENCH_SQLITE_IS_ARCHIVE if a static program must do without what the archive would load.
set(M1BENCH_SQLITE_IS_ARCHIVE OFF)
add_library(m1bench_sqlite INTERFACE)

if(NOT CMAKE_CROSSCOMPILING)
  if(APPLE)
    find_library(M1BENCH_SQLITE_LIBRARY sqlite3)
  else()
    find_library(M1BENCH_SQLITE_LIBRARY libsqlite3.a)
  endif()
  find_path(M1BENCH_SQLITE_INCLUDE sqlite3.h)
endif()
if(M1BENCH_SQLITE_LIBRARY AND M1BENCH_SQLITE_INCLUDE)
  # An archive may be built without parts, or want libraries that nobody installed.
  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_INCLUDES ${M1BENCH_SQLITE_INCLUDE})
  set(CMAKE_REQUIRED_LIBRARIES ${M1BENCH_SQLITE_LIBRARY} Threads::Threads ${CMAKE_DL_LIBS})
  check_cxx_source_compiles("#include <sqlite3.h>
    #if SQLITE_VERSION_NUMBER < 3037000
    #error too old for what the history asks for
    #endif
    int main() { sqlite3_int64 size = 0; return sqlite3_serialize(nullptr, \"main\", &size, 0) != nullptr; }" M1BENCH_SQLITE_LINKS)
  unset(CMAKE_REQUIRED_INCLUDES)
  unset(CMAKE_REQUIRED_LIBRARIES)
endif()

if(M1BENCH_SQLITE_LINKS)
  set(include ${M1BENCH_SQLITE_INCLUDE})
  target_link_libraries(m1bench_sqlite INTERFACE ${M1BENCH_SQLITE_LIBRARY} Threads::Threads ${CMAKE_DL_LIBS})
  if(NOT APPLE)
    set(M1BENCH_SQLITE_IS_ARCHIVE ON)
  endif()
else()
  if(M1BENCH_DEPS_DIR AND EXISTS ${M1BENCH_DEPS_DIR}/sqlite/sqlite3.c)
    set(include ${M1BENCH_DEPS_DIR}/sqlite)
  else()
    m1bench_fetch(sqlite https://registry.npmjs.org/better-sqlite3/-/better-sqlite3-12.11.1.tgz
                  ebf0ed75a7a59dbcb3b24bbd014ef49d9f15bc328e4adcbf516f2a8fadfa2835)
    set(include ${sqlite_SOURCE_DIR}/deps/sqlite3)
  endif()
  add_library(m1bench_sqlite_source STATIC ${include}/sqlite3.c)
  target_compile_options(m1bench_sqlite_source PRIVATE -w)
  # What SQLite's authors recommend for who needs none of it: a connection is used by one thread, nothing is loaded at run time.
  target_compile_definitions(m1bench_sqlite_source PRIVATE
    SQLITE_OMIT_LOAD_EXTENSION SQLITE_THREADSAFE=2 SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_DQS=0 SQLITE_OMIT_DEPRECATED
    SQLITE_OMIT_SHARED_CACHE SQLITE_MAX_EXPR_DEPTH=0 SQLITE_LIKE_DOESNT_MATCH_BLOBS SQLITE_USE_ALLOCA SQLITE_USE_URI=0
    SQLITE_ENABLE_API_ARMOR HAVE_USLEEP=1)
  target_link_libraries(m1bench_sqlite INTERFACE m1bench_sqlite_source)
endif()
file(STRINGS ${include}/sqlite3.h version REGEX "define SQLITE_VERSION " LIMIT_COUNT 1)
string(REGEX REPLACE ".*\"([0-9.]+).*" "\\1" version "${version}")
list(APPEND M1BENCH_LIBRARY_VERSIONS "sqlite=${version}")
target_include_directories(m1bench_sqlite SYSTEM INTERFACE ${include})

# m1bench_link_sqlite(<program>): Debian's archive can load extensions, which a static program cannot, and the linker says so each
# time. Nothing here asks for an extension, so the calls lead to functions that find none.
function(m1bench_link_sqlite program)
  if(M1BENCH_SQLITE_IS_ARCHIVE AND M1BENCH_STATIC)
    target_sources(${program} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/sqlite/no_extensions.c)
    foreach(name dlopen dlsym dlclose dlerror)
      target_link_options(${program} PRIVATE LINKER:--wrap=${name})
    endforeach()
  endif()
endfunction()

# SPDX-License-Identifier: Apache-2.0
# Packages: `cpack -G TGZ` or DEB in a Linux build, ZIP or productbuild (.pkg) in a Mac's; ZIP also in the Mac's build on Linux.
# Nothing depends on a library, because everything on Linux is linked statically.

set(CPACK_PACKAGE_NAME m1bench)
set(CPACK_PACKAGE_VENDOR "m1bench contributors")
# Who publishes a package names an address: cpack -D CPACK_PACKAGE_CONTACT="NAME <ADDRESS>"
set(CPACK_PACKAGE_CONTACT "m1bench contributors <m1bench@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_RESOURCE_FILE_README ${CMAKE_SOURCE_DIR}/README.md)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_SOURCE_DIR}/cmake/package/prefix.cmake)

if(APPLE)
  set(CPACK_GENERATOR ZIP productbuild)
  set(CPACK_PACKAGE_FILE_NAME m1bench-${PROJECT_VERSION}-macos-universal)
  set(CPACK_PRODUCTBUILD_IDENTIFIER org.m1bench)
else()
  set(CPACK_GENERATOR TGZ DEB)
  string(REPLACE aarch64 arm64 arch "${CMAKE_SYSTEM_PROCESSOR}")
  set(CPACK_PACKAGE_FILE_NAME m1bench-${PROJECT_VERSION}-linux-${arch})
  set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
  set(CPACK_DEBIAN_PACKAGE_SECTION utils)
  set(CPACK_DEBIAN_PACKAGE_RECOMMENDS qemu-user)  # or another translator, without which there is little to compare
  set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Runs identical matrix products, convolutions and training steps as native
code and under Rosetta 2, qemu-user, box64, FEX or Rosetta for Linux,
alternating in blocks, and tells with an interval how much longer translated
code takes.")
  set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/cmake/package/debian.cmake)
endif()
include(CPack)

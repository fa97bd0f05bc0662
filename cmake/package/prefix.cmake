# SPDX-License-Identifier: Apache-2.0
# Read by cpack for each generator: an installer puts the files where its system looks for them.
if(CPACK_GENERATOR STREQUAL "productbuild")
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr/local)
elseif(CPACK_GENERATOR STREQUAL "DEB")
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
endif()

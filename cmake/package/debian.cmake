# SPDX-License-Identifier: Apache-2.0
# Run by cpack on what it is about to pack: what Debian's policy asks of a package's files.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
set(share ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share)
# Without a time in it, so that equal files make equal packages.
foreach(file man/man1/m1bench.1 doc/m1bench/CHANGELOG.md)
  execute_process(COMMAND gzip -9n ${share}/${file} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(RENAME ${share}/doc/m1bench/CHANGELOG.md.gz ${share}/doc/m1bench/NEWS.gz)
file(MAKE_DIRECTORY ${share}/zsh/vendor-completions)
file(RENAME ${share}/zsh/site-functions/_m1bench ${share}/zsh/vendor-completions/_m1bench)
file(REMOVE_RECURSE ${share}/zsh/site-functions)
file(READ ${share}/doc/m1bench/NOTICE notice)
string(REGEX REPLACE "\n([^\n])" "\n \\1" notice "${notice}")
string(REGEX REPLACE "\n\n" "\n .\n" notice "${notice}")
string(STRIP "${notice}" notice)
file(WRITE ${share}/doc/m1bench/copyright
  "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: m1bench\n\n"
  "Files: *\nCopyright: m1bench contributors\nLicense: Apache-2.0\n"
  " On Debian systems the full text of this license is in /usr/share/common-licenses/Apache-2.0.\n"
  "Comment:\n ${notice}\n")
file(REMOVE ${share}/doc/m1bench/LICENSE)
# For lintian. Static, because a translator is to be given nothing but the slice; with symbols, because people profile them.
file(WRITE ${share}/lintian/overrides/m1bench
  "m1bench: binary-from-other-architecture\nm1bench: embedded-library\nm1bench: statically-linked-binary\n"
  "m1bench: unstripped-binary-or-object\nm1bench: no-changelog\n")

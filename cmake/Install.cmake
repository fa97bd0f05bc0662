# SPDX-License-Identifier: Apache-2.0
# The layout in which m1bench finds its slices, wherever the tree is moved: ../libexec/m1bench from its own folder.

if(M1BENCH_MACOS_CROSS)
  install(PROGRAMS ${CMAKE_BINARY_DIR}/bin/m1bench DESTINATION bin)  # both halves; the target is one of them
else()
  install(TARGETS m1bench RUNTIME DESTINATION bin)
endif()
# By folder, because slices of another architecture come out of a build of their own.
install(DIRECTORY ${M1BENCH_LIBEXEC_DIR}/ DESTINATION libexec/m1bench
        USE_SOURCE_PERMISSIONS FILES_MATCHING PATTERN "m1bench-*")
install(FILES LICENSE NOTICE README.md CHANGELOG.md DESTINATION share/doc/m1bench OPTIONAL)
install(DIRECTORY docs DESTINATION share/doc/m1bench
        FILES_MATCHING PATTERN "*.md" PATTERN "*.json" PATTERN completions EXCLUDE)
install(FILES docs/m1bench.1 DESTINATION share/man/man1)
install(FILES docs/completions/m1bench.bash DESTINATION share/bash-completion/completions RENAME m1bench)
install(FILES docs/completions/_m1bench DESTINATION share/zsh/site-functions)
install(FILES docs/completions/m1bench.fish DESTINATION share/fish/vendor_completions.d)

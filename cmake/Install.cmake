# SPDX-License-Identifier: Apache-2.0
# The layout in which m1bench finds its slices, wherever the tree is moved: ../libexec/m1bench from its own folder.

install(TARGETS m1bench RUNTIME DESTINATION bin)
# By folder, because slices of another architecture come out of a build of their own.
install(DIRECTORY ${M1BENCH_LIBEXEC_DIR}/ DESTINATION libexec/m1bench
        USE_SOURCE_PERMISSIONS FILES_MATCHING PATTERN "m1bench-*")
install(FILES LICENSE NOTICE README.md CHANGELOG.md DESTINATION share/doc/m1bench OPTIONAL)
install(DIRECTORY docs DESTINATION share/doc/m1bench FILES_MATCHING PATTERN "*.md" PATTERN "*.json")

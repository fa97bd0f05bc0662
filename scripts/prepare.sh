# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154
# Finds what building needs and installs what is missing, after saying so. Never asks for a password, never installs
# Homebrew; M1BENCH_NO_INSTALL=1 forbids installing anything. Sourced after lib.sh.

# Each entry is proof:package. The proof is a command, or a file if it starts with a slash.
tools="cmake:cmake ninja:ninja-build c++:g++"
libraries="/usr/include/eigen3/Eigen/Core:libeigen3-dev /usr/include/nlohmann/json.hpp:nlohmann-json3-dev
  /usr/include/fmt/format.h:libfmt-dev /usr/include/CLI/CLI.hpp:libcli11-dev
  /usr/include/boost/math/distributions/students_t.hpp:libboost-dev /usr/include/zlib.h:zlib1g-dev
  /usr/include/sqlite3.h:libsqlite3-dev
  /usr/include/flatbuffers/flatbuffers.h:libflatbuffers-dev"
case $(uname -m) in
  aarch64 | arm64) optional="x86_64-linux-gnu-g++:g++-x86-64-linux-gnu qemu-x86_64:qemu-user" ;;
  *) optional="aarch64-linux-gnu-g++:g++-aarch64-linux-gnu qemu-aarch64:qemu-user" ;;
esac
optional="$optional ccache:ccache"
# For the tests: the variant `blas`, which no build needs.
test_optional="/usr/lib/$(uname -m)-linux-gnu/libopenblas.a:libopenblas-dev"
# And to build for macOS, and to look at what was built.
[ "$(uname -m)" != x86_64 ] || test_optional="$test_optional llvm-lipo-19:llvm-19"
# For what npm has: Zig, SQLite's source, the HTML report's charts, and what its tests look at it with.
test_optional="$test_optional npm:npm node:nodejs chromium:chromium"
# The shells whose completions are tried.
test_optional="$test_optional zsh:zsh fish:fish"
# The Python modules are the system's, so they are looked for where it keeps them.
test_libraries="/usr/include/gtest/gtest.h:libgtest-dev /usr/bin/python3:python3
  /usr/lib/python3/dist-packages/numpy:python3-numpy
  /usr/lib/python3/dist-packages/scipy:python3-scipy /usr/lib/python3/dist-packages/jsonschema:python3-jsonschema"

# Upstream's releases, as Debian 12 and Ubuntu 24.04 carry them: version:SHA-256. Debian's fmt and zlib are without
# their documentation.
benchmark_pins="1.7.1:6430e4092653380d9dc4ccb45a1e2dc9259d581f4866dc0759713126056bc1d7
  1.8.3:6bc180a57d23d4d9515519f92b0c83d61b05b5bab188961f36ac7b06b0d9e9ce"
fmtlib_pins="9.1.0+ds1:84ce1c2d0be3a9863935137969dcec6970125caac032f82474640bfc81463583"
zlib_pins="1.2.13.dfsg:71feb7947e3c00ef125f83b79a4e529bde31171e5babe48b391f06758d1ab0a1"
# The npm package that carries SQLite's amalgamation; the same in cmake/Sqlite.cmake.
sqlite_pin=better-sqlite3@12.11.1:ebf0ed75a7a59dbcb3b24bbd014ef49d9f15bc328e4adcbf516f2a8fadfa2835

# absent ENTRY...: the packages whose proof is not there.
absent() {
  local entry
  for entry in "$@"; do
    case $entry in
      /*) [ -e "${entry%%:*}" ] || printf '%s ' "${entry#*:}" ;;
      *) command -v "${entry%%:*}" >/dev/null || printf '%s ' "${entry#*:}" ;;
    esac
  done
}

known_to_apt() { apt-cache show --no-all-versions "$1" >/dev/null 2>&1; }

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@" </dev/null 9>&-
}

# install_with_apt NEEDED WANTED: two lists of packages; what is merely wanted may be missing from the archive.
install_with_apt() {
  local needed=$1 wanted=$2 log=$root/build/install.log package kept="" all
  for package in $needed $wanted; do
    if ! known_to_apt "$package"; then
      say "asking for the lists of packages: apt-get update"
      apt-get -q update >>"$log" 2>&1 </dev/null || say "apt-get update complained (log: $log)"
      break
    fi
  done
  for package in $wanted; do
    if known_to_apt "$package"; then kept="$kept $package"; else say "going on without $package, which apt-get does not know"; fi
  done
  # shellcheck disable=SC2086  # lists of words
  all=$(apt-get -q --simulate install --no-install-recommends $needed $kept 2>>"$log" | awk '/^Inst/ { printf " %s", $2 }') || true
  say "installing with apt-get:${all:- $needed $kept}"
  # shellcheck disable=SC2086
  apt_install $needed $kept >>"$log" 2>&1 && return
  say "that failed; again with fresh lists: apt-get update"
  apt-get -q update >>"$log" 2>&1 </dev/null || true
  # shellcheck disable=SC2086
  apt_install $needed $kept >>"$log" 2>&1 && return
  # shellcheck disable=SC2086
  [ -z "$kept" ] || { apt_install $needed >>"$log" 2>&1 && say "going on without$kept (log: $log)" && return; }
  tail -n 30 "$log" >&2
  die "apt-get install failed; the whole log: $log"
}

# The missing pieces by how much they are missed: no tool, no build; a library is fetched instead; the rest is left out.
prepare_linux() {
  local no_tools=$1 no_libraries=$2 no_extras=$3 every="$1$2$3"
  [ -n "$every" ] || return 0
  if [ "${M1BENCH_NO_INSTALL:-}" != 1 ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    install_with_apt "$no_tools$no_libraries" "$no_extras"
    return
  fi
  complete=
  if [ -n "$no_tools" ]; then
    [ "${M1BENCH_NO_INSTALL:-}" != 1 ] || die "missing: ${no_tools% } (M1BENCH_NO_INSTALL=1 forbids installing)"
    command -v apt-get >/dev/null || die "missing: ${no_tools% }; install them (CMake 3.25 or newer) and start again"
    die "missing: ${every% }. Type: sudo apt-get install --no-install-recommends ${every% }"
  fi
  say "not installed, so fetched or left out: ${every% }"
}

prepare_macos() {
  local missing
  xcode-select -p >/dev/null 2>&1 || die "the Xcode command line tools are missing. Type: xcode-select --install"
  missing=$(absent cmake:cmake ninja:ninja)
  [ -n "$missing" ] || return 0
  [ "${M1BENCH_NO_INSTALL:-}" != 1 ] || die "missing: ${missing% } (M1BENCH_NO_INSTALL=1 forbids installing)"
  command -v brew >/dev/null || die "missing: ${missing% }; install them (cmake.org, ninja-build.org) and start again"
  say "installing with Homebrew: ${missing% }"
  # shellcheck disable=SC2086  # a list of words
  logged "$root/build/install.log" "brew install" brew install $missing
}

# The machine's own package sources as deb-src entries, in a folder of their own: nothing of the machine's is changed.
write_source_entries() {
  local folder=$1 file
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
    sed -n 's/^[[:space:]]*deb\(-src\)\{0,1\}[[:space:]]\{1,\}/deb-src /p' | grep -v 'cdrom:' | sort -u >"$folder/machine.list" || true
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -e "$file" ] || continue
    sed 's/^[Tt]ypes:.*/Types: deb-src/' "$file"
    echo
  done >"$folder/machine.sources"
}

# pinned NAME VERSION FILE: is this the release that was looked at? A version nobody has looked at rests on apt's signature.
pinned() {
  local pin sum pins=$1_pins
  sum=$(sha256sum "$3" | cut -d ' ' -f 1)
  for pin in ${!pins}; do
    [ "${pin%%:*}" = "$2" ] || continue
    [ "${pin#*:}" = "$sum" ] && return
    say "refusing the source of $1 $2 from apt-get: its SHA-256 is $sum, not ${pin#*:}"
    return 1
  done
  say "$1 $2 is not a version this script knows; its origin is vouched for by apt's signatures alone"
}

# fetch_source NAME WORK: a library's source into .deps/NAME, from the distribution's archive.
fetch_source() {
  local name=$1 work=$2 log=$root/build/install.log tarball version
  local apt=(apt-get -q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$work/sources"
    -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache")
  mkdir "$work/sources" "$work/lists" "$work/lists/partial" "$work/cache" "$work/source"
  chmod -R a+rX "$work"  # apt downloads as a user of its own
  write_source_entries "$work/sources"
  # An archive without sources makes this fail although another has them, so only the download counts.
  "${apt[@]}" update >>"$log" 2>&1 </dev/null || true
  (cd "$work" && "${apt[@]}" source --download-only "$name") >>"$log" 2>&1 </dev/null || return 1
  tarball=$(find "$work" -maxdepth 1 -name "${name}_*.orig.tar.*" ! -name '*.asc')
  [ -f "$tarball" ] || return 1
  version=$(basename "$tarball")
  version=${version#"${name}"_}
  version=${version%.orig.tar.*}
  pinned "$name" "$version" "$tarball" || return 1
  # Upstream's own files, without Debian's changes: they concern the shared library.
  tar -xf "$tarball" -C "$work/source" --strip-components=1 || return 1
  rm -rf "${deps:?}/$name"
  cp -R "$work/source" "$deps/$name.new" && mv "$deps/$name.new" "$deps/$name"
}

# prepare_source NAME: what cannot be had is left to CMake.
prepare_source() {
  local name=$1 work status=0
  [ ! -e "$deps/$name/CMakeLists.txt" ] && command -v apt-get >/dev/null || return 0
  say "getting the source of $name with apt-get into .deps/$name"
  work=$(mktemp -d)
  fetch_source "$name" "$work" || status=1
  rm -rf "$work"
  [ "$status" = 0 ] || say "apt-get has it not; CMake will fetch it (log: $root/build/install.log)"
}

# SQLite's amalgamation, by npm, into .deps/sqlite; what cannot be had is left to CMake.
prepare_sqlite() {
  local work package=${sqlite_pin%:*} status=0
  [ ! -e "$deps/sqlite/sqlite3.c" ] && command -v npm >/dev/null && [ "${M1BENCH_NO_INSTALL:-}" != 1 ] || return 0
  say "getting the source of SQLite with npm into .deps/sqlite"
  work=$(mktemp -d)
  (cd "$work" && npm pack --silent "$package" && echo "${sqlite_pin#*:}  $(ls ./*.tgz)" | sha256sum --check --quiet &&
    tar -xzf ./*.tgz && rm -rf "${deps:?}/sqlite" && cp -R package/deps/sqlite3 "$deps/sqlite.new" &&
    mv "$deps/sqlite.new" "$deps/sqlite") >>"$root/build/install.log" 2>&1 </dev/null 9>&- || status=1
  rm -rf "$work"
  [ "$status" = 0 ] || say "npm has it not; CMake will fetch it (log: $root/build/install.log)"
}

# install_with_npm NAME: what scripts/NAME/package-lock.json pins by checksum, into .deps/NAME; false if it cannot be had.
install_with_npm() {
  local name=$1 lock=$root/scripts/$1/package-lock.json folder=$deps/$1 log=$root/build/install.log
  cmp -s "$lock" "$folder/node_modules/installed" && return
  [ "${M1BENCH_NO_INSTALL:-}" != 1 ] || { say "npm is not asked for $name (M1BENCH_NO_INSTALL=1)"; return 1; }
  command -v npm >/dev/null || { say "there is no npm to install $name with"; return 1; }
  say "installing what scripts/$name/package.json names with npm into .deps/$name"
  mkdir -p "$folder"
  cp "$root/scripts/$name/package.json" "$lock" "$folder/"
  (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts) >>"$log" 2>&1 </dev/null 9>&- ||
    { say "npm failed (log: $log)"; return 1; }
  cp "$lock" "$folder/node_modules/installed"
}

# What draws the HTML report's charts, and for the tests a browser's driver; CMake fetches the former itself if need be.
prepare_html() {
  if [ "$1" = run ] && ! command -v npm >/dev/null; then return; fi
  install_with_npm html || say "CMake will fetch the charts' libraries; the tests of the HTML report are left out"
}

# What builds for macOS on Linux: Zig, by npm, whose lock file has the checksums, into .deps/zig; and the sources of zlib and
# SQLite, which a Mac has of its own. Without them the preset macos-universal-cross is left out.
prepare_macos_cross() {
  [ "$(uname -m)" = x86_64 ] || { say "the Mac's build is left out: npm has Zig for x86_64 Linux only"; return 0; }
  prepare_source zlib
  prepare_sqlite
  install_with_npm zig || say "the Mac's build is left out"
}

builds_for_macos() { [ -e "$deps/zig/node_modules/installed" ] && [ -n "$(compgen -c llvm-lipo | head -n 1)" ]; }

# prepare run|test: afterwards everything is there. Asks nobody again until this file changes or a tool disappears.
prepare() {
  local purpose=$1 stamp complete=1 wanted=$libraries extras=$optional version
  [ "$(uname -s)" != Darwin ] || PATH=$PATH:/opt/homebrew/bin:/usr/local/bin
  stamp=$deps/prepared-$purpose-$(cksum <"$root/scripts/prepare.sh" | cut -d ' ' -f 1)
  # shellcheck disable=SC2086  # lists of words
  if [ -e "$stamp" ] && [ -z "$(absent $tools)" ]; then return; fi
  if [ "$purpose" = test ]; then
    wanted="$wanted $test_libraries"
    extras="$extras $test_optional"
  fi
  # shellcheck disable=SC2086
  case $(uname -s) in
    Linux) prepare_linux "$(absent $tools)" "$(absent $wanted)" "$(absent $extras)" ;;
    Darwin) prepare_macos ;;
    *) die "m1bench is for Linux and macOS, not for $(uname -s)" ;;
  esac
  version=$(cmake --version | sed -n 's/^cmake version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
  # shellcheck disable=SC2086
  set -- $version
  [ "$1" -gt 3 ] || [ "$2" -ge 25 ] || die "CMake $1.$2 is too old; m1bench needs 3.25 (Debian 12, Ubuntu 24.04)"
  prepare_source benchmark
  prepare_source fmtlib
  prepare_html "$purpose"
  if [ "$purpose" = test ] && [ "$(uname -s)" = Linux ]; then prepare_macos_cross; fi
  touch "$deps/prepared"  # asks for configuring again: a compiler may have come
  [ -z "$complete" ] || touch "$stamp"
}

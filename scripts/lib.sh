# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What scripts/m1bench and scripts/test share: messages, the lock, configuring and building. Written for bash 3.2, which is
# what macOS has. Failures of the scripts themselves exit 70; everything they say goes to standard error.

set -Eeuo pipefail
trap 'say "failed at $(basename "${BASH_SOURCE[0]}"):$LINENO"; exit 70' ERR
unset CDPATH

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
deps=$root/.deps

# Another checkout of the same sources finds what this one compiled.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

say() { printf 'm1bench: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 70
}

# logged LOG WHAT COMMAND...: silence while all is well, the end of the log when it is not.
logged() {
  local log=$1 what=$2
  shift 2
  "$@" </dev/null >>"$log" 2>&1 9>&- && return
  tail -n 30 "$log" >&2
  die "$what failed; the whole log: $log"
}

# One invocation at a time installs and builds in a checkout; the others wait. Held until `unlock` or the end.
lock() {
  mkdir -p "$deps" "$root/build" 2>/dev/null || die "cannot write to $root"
  exec 9>"$deps/lock"
  if command -v flock >/dev/null; then
    flock --nonblock 9 && return
    say "waiting for another invocation that builds in $root"
    flock 9
  elif command -v perl >/dev/null; then  # macOS; the lock belongs to the descriptor, not to perl
    perl -e 'open(my $file, ">&=", 9) or exit 1; flock($file, 2)'
  fi
}

unlock() { exec 9>&-; }

# configure PRESET ON|OFF: with the tests or without. Does nothing where nothing asks for it.
configure() {
  local preset=$1 tests=$2 build=$root/build/$1 cache=$root/build/$1/CMakeCache.txt
  if [ -e "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
    rm -rf "$build"  # the checkout was moved, and CMake keeps absolute paths
  fi
  if [ -e "$build/build.ninja" ] && [ -e "$build/configured" ] &&
    ! [ "$root/CMakePresets.json" -nt "$build/configured" ] && ! [ "$deps/prepared" -nt "$build/configured" ]; then
    [ "$tests" = OFF ] && return
    grep -qxF "M1BENCH_TESTS:BOOL=ON" "$cache" && return
  fi
  if [ -e "$cache" ] && grep -qxF "M1BENCH_TESTS:BOOL=ON" "$cache"; then tests=ON; fi
  logged "$build.log" "configuring build/$preset" cmake -S "$root" --preset "$preset" "-DM1BENCH_TESTS=$tests"
  grep -h "left out" "$build.log" | sed 's/^-- /m1bench: /' | sort -u >&2 || true
  touch "$build/configured"
}

# build PRESET ON|OFF TARGET...
build() {
  local preset=$1 tests=$2 build=$root/build/$1 first=
  shift 2
  [ -e "$build/built" ] || first=1
  : >"$build.log"
  configure "$preset" "$tests"
  [ -z "$first" ] || say "building build/$preset; the first time takes minutes (log: $build.log)"
  logged "$build.log" "building build/$preset" cmake --build "$build" --target "$@"
  touch "$build/built"
}

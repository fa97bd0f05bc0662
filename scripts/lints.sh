# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154
# Gets the linters of the workflows into .deps/lints where that is easy: actionlint with Go, zizmor with Python. Neither is
# needed: without them the test lint.workflows is skipped. Sourced after lib.sh and prepare.sh.

# Go checks a module against its public database of checksums; of zizmor's wheels one must have one of these.
actionlint_version=1.7.12
zizmor_version=1.32.0
zizmor_pins="0cdd38fca6eb34ceb567548548d706332e3535ea66894b9168c048e03207b68c
  84a6acb975accc13408786a2bd274b572537ca19c933ebbc13e78f3988562071
  0a999c98015becd9f69919ce01febadfb1c2be9b8ec2ce9ef7eb13ff23ba8eba
  aa4b4e216321dd5cf202cd79fc83296468f0eed79d850cd65ac8187a6bbc5496"

install_actionlint() {
  local work=$deps/lints/go status=0
  command -v go >/dev/null || return
  GOBIN=$deps/lints/bin GOPATH=$work GOCACHE=$work/cache GOFLAGS=-modcacherw \
    go install "github.com/rhysd/actionlint/cmd/actionlint@v$actionlint_version" || status=1
  rm -rf "$work"
  return "$status"
}

install_zizmor() {
  local pin pins="" folder=$deps/lints/zizmor
  for pin in $zizmor_pins; do pins="$pins --hash=sha256:$pin"; done
  rm -rf "$folder"
  python3 -m venv "$folder" && echo "zizmor==$zizmor_version$pins" >"$folder/pins" &&
    "$folder/bin/python3" -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --retries 1 \
      --require-hashes --requirement "$folder/pins" && ln -sf ../zizmor/bin/zizmor "$deps/lints/bin/zizmor"
}

# prepare_lints: tried once for each version of this file; what cannot be had is not asked for again.
prepare_lints() {
  local tool log=$root/build/install.log stamp
  stamp=$deps/lints/tried-$(cksum <"$root/scripts/lints.sh" | cut -d ' ' -f 1)
  [ ! -e "$stamp" ] && [ "${M1BENCH_NO_INSTALL:-}" != 1 ] || return 0
  mkdir -p "$deps/lints/bin"
  for tool in actionlint zizmor; do
    command -v "$tool" >/dev/null && continue
    say "getting $tool into .deps/lints, for a test of the workflows"
    "install_$tool" </dev/null >>"$log" 2>&1 9>&- || say "going on without $tool (log: $log)"
  done
  touch "$stamp"
}

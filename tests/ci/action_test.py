#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The step of action.yml, in a checkout whose m1bench only writes down how it was called."""
import hashlib
import os
import pathlib
import platform
import shutil
import subprocess
import tarfile
import tempfile
import unittest

from hostile import SCRIPTS

# Leaves with 3, as a gate that is unsure would.
PROGRAM = """#!/bin/sh
if [ "$1" = --version ]; then echo m1bench 0.1.0; exit; fi
printf '%s\\n' "$@" >"$CALLED"
mkdir -p "$3" && echo "a report" >"$3/report.md" && echo "{}" >"$3/run.json"
exit 3
"""
# Serves the folder `releases`, and writes down what it was asked for.
CURL = """#!/bin/sh
for last; do :; done
while [ "$1" != --output ]; do shift; done
echo "$last" >>"$ASKED"
cp "$RELEASES/$(basename "$last")" "$2" || exit 22
"""


class Action(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="m1bench-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.checkout = self.folder / "_actions" / "some" / "m1bench" / "v1"
        (self.checkout / "scripts" / "ci").mkdir(parents=True)
        shutil.copy(SCRIPTS / "action", self.checkout / "scripts" / "ci")
        self.program(self.checkout / "scripts" / "m1bench", PROGRAM)
        self.program(self.checkout / "scripts" / "packages", "#!/bin/sh\n")
        self.program(self.folder / "bin" / "sudo", "#!/bin/sh\nexit 1\n")
        self.program(self.folder / "bin" / "curl", CURL)
        (self.folder / "work").mkdir()
        (self.folder / "work" / "matmul").mkdir()  # what a pattern would match if a shell expanded it
        (self.folder / "work" / "matmul" / "x").write_text("", encoding="utf-8")
        (self.folder / "releases").mkdir()

    def program(self, path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def release(self, damaged=False):
        machine = platform.machine()
        system = "linux-arm64" if machine in ("aarch64", "arm64") else f"linux-{machine}"
        if platform.system() == "Darwin":
            system = "macos-universal"
        name = f"m1bench-0.1.0-{system}"
        self.program(self.folder / "tree" / name / "bin" / "m1bench", PROGRAM)
        archive = self.folder / "releases" / (name + ".tar.gz")
        with tarfile.open(archive, "w:gz") as tar:
            tar.add(self.folder / "tree" / name, name)
        sums = f"{hashlib.sha256(archive.read_bytes()).hexdigest()}  {archive.name}\n{'0' * 64}  other-{archive.name}\n"
        (self.folder / "releases" / "SHA256SUMS").write_text(sums, encoding="utf-8")
        if damaged:
            archive.write_bytes(archive.read_bytes() + b"x")
        return archive.name

    def step(self, code, **inputs):
        environment = {"PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}", "GITHUB_REPOSITORY": "owner/project",
                       "GITHUB_SERVER_URL": "https://github.com"}
        for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "CALLED", "ASKED", "RELEASES", "RUNNER_TEMP"):
            environment[name] = str(self.folder / name.lower())
        (self.folder / "runner_temp").mkdir(exist_ok=True)
        environment.update({"M1BENCH_" + name.upper(): value for name, value in inputs.items()})
        done = subprocess.run([self.checkout / "scripts" / "ci" / "action"], env=environment, cwd=self.folder / "work",
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, code, done)
        return done

    def called(self):
        return (self.folder / "called").read_text(encoding="utf-8").splitlines()

    def test_cases_and_options_are_words_and_nothing_more(self):
        self.step(3, cases="matmul/*  softmax/*\n$(touch${IFS}evil) ;`id` --help", options="--quick --targets a,b",
                  output="out dir")
        self.assertEqual(self.called(), ["run", "--output", "out dir", "--quick", "--targets", "a,b", "--", "matmul/*",
                                         "softmax/*", "$(touch${IFS}evil)", ";`id`", "--help"])
        self.assertFalse((self.folder / "work" / "evil").exists())
        self.assertEqual((self.folder / "github_output").read_text(encoding="utf-8"),
                         "run=out dir/run.json\nreport=out dir/report.md\nexit-code=3\n")
        self.assertFalse((self.folder / "github_step_summary").exists(), "m1bench writes it, and not twice")

    def test_without_cases_it_is_all(self):
        self.step(3, cases="", options="", output="")
        self.assertEqual(self.called(), ["all", "--output", "m1bench-run"])

    def test_an_output_of_two_lines_is_refused(self):
        self.assertIn("must be one line", self.step(70, output="a\nexit-code=0").stderr)

    def test_a_release_is_checked_and_run(self):
        name = self.release()
        self.step(3, version="0.1.0", cases="a")
        self.assertEqual(self.called()[-2:], ["--", "a"])
        self.assertEqual((self.folder / "asked").read_text(encoding="utf-8").splitlines(),
                         [f"https://github.com/some/m1bench/releases/download/v0.1.0/{file}" for file in (name, "SHA256SUMS")])

    def test_a_release_that_is_another_is_refused(self):
        self.release(damaged=True)
        self.assertIn("has another SHA-256", self.step(70, version="0.1.0").stderr)
        self.release()
        self.assertIn("has another SHA-256", self.step(70, version="0.1.0", sha256="0" * 64).stderr)
        (self.folder / "releases" / "SHA256SUMS").write_text("", encoding="utf-8")
        self.assertIn("has another SHA-256", self.step(70, version="0.1.0").stderr)
        self.assertFalse((self.folder / "called").exists())

    def test_what_is_no_version_or_not_there(self):
        for version in ("../../evil", "v1", "1.0.0\n", "0.1.0/../../../x"):
            with self.subTest(version):
                self.assertIn("must be like 0.1.0", self.step(70, version=version).stderr)
        self.assertIn("cannot download", self.step(70, version="0.1.0").stderr)


if __name__ == "__main__":
    unittest.main()

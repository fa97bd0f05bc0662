#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One measurement at a time on a machine."""
import sys

import program

NATIVE = f"{program.native_slice()}/native"


class Lock(program.ProgramTest):
    def test_the_second_is_refused_and_told_who_measures(self):
        out = self.folder / "first"
        with program.started("all", "--targets", NATIVE, "--time-budget", "0", "-o", out, cwd=self.folder) as first:
            program.wait_until(lambda: (out / "run.json").exists() or first.poll() is not None, "the first run's file")
            if first.poll() is not None:
                self.skipTest("another m1bench is measuring on this machine")
            done = self.run_m1bench("run", "matmul/f32/64", "-o", self.folder / "second", code=2)
            self.assertIn(f"another m1bench is measuring (pid {first.pid})", done.stderr)
            self.assertIn("--no-lock", done.stderr)
            self.assertFalse((self.folder / "second").exists())
            self.run_m1bench("verify", "matmul/f32/64", "--no-lock", "--targets", NATIVE)

    def test_what_measures_nothing_needs_no_lock(self):
        out = self.folder / "first"
        with program.started("all", "--targets", NATIVE, "--time-budget", "0", "-o", out, cwd=self.folder) as first:
            program.wait_until(lambda: (out / "run.json").exists() or first.poll() is not None, "the first run's file")
            for words in (["list", "cases"], ["report", out], ["all", "--dry-run"], ["--version"]):
                self.run_m1bench(*words)


if __name__ == "__main__":
    sys.exit(program.main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Instructions per flop: what cannot be counted is refused in one sentence, and what can be is counted alike twice."""
import pathlib
import re
import shutil
import subprocess
import sys

import program

SCRIPT = program.ROOT / "scripts" / "count_instructions.py"


class CountInstructions(program.ProgramTest):
    def count(self, *words):
        build = pathlib.Path(program.M1BENCH).resolve().parents[1]
        return subprocess.run([sys.executable, SCRIPT, "--m1bench", build, *words], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=2 * program.PATIENCE_S, cwd=self.folder)

    def test_refusals(self):
        slice_name = program.native_slice()
        for words, complaint in ((("--slice", slice_name, "matmul/f32/63"), "'matmul/f32/63' is no case that computes"),
                                 (("--slice", slice_name, "startup/noop"), "'startup/noop' is no case that computes"),
                                 (("--slice", "riscv", "matmul/f32/64"), "riscv does not run here; there are ")):
            done = self.count(*words)
            self.assertEqual(done.returncode, 2, done)
            self.assertIn("count_instructions: " + complaint, done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_a_count_is_the_same_every_time(self):
        if not shutil.which("valgrind"):
            self.skipTest("needs valgrind")
        built = pathlib.Path(program.M1BENCH).read_bytes()
        if b"__asan_init" in built or b"__tsan_init" in built:
            self.skipTest("valgrind and a sanitizer do not run together")
        counts = []
        for _ in range(2):
            done = self.count("--slice", program.native_slice(), "matmul/f32/256")
            self.assertEqual(done.returncode, 0, done)
            found = re.fullmatch(r"matmul/f32/256  (0\.\d{4}) instructions per flop\n", done.stdout)
            self.assertTrue(found, done.stdout)
            counts.append(float(found[1]))
        # The digits of the times in a reply, and what a worker reads of itself, are some thousand of 33554432 flop's instructions.
        self.assertAlmostEqual(*counts, delta=0.001)
        # A vector of four floats takes at least an instruction for eight flop, a scalar product two for two.
        self.assertTrue(0.125 < counts[0] < 1, counts)


if __name__ == "__main__":
    sys.exit(program.main())

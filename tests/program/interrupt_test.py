#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""However a session is ended, what was measured is kept, whole, and no worker outlives it."""
import json
import os
import signal
import subprocess
import sys
import time
import unittest

import program

SLICE = program.native_slice()
GENEROUS_S = 10  # for what is promised within a second: the machine may be busy


class Interrupt(program.ProgramTest):
    def blocks_in(self, file):
        try:
            return len(json.loads(file.read_text(encoding="utf-8"))["blocks"])
        except FileNotFoundError:
            return 0

    def measuring(self, *words):
        """A session under way that would go on for minutes."""
        self.out = self.folder / "out"
        return program.started("run", "--quiet", "matmul/f32/64", "matmul/f32/256", "--targets", f"{SLICE}/native,{SLICE}/same",
                               "--translator", f"same:{SLICE}=env", "--time-budget", "0", "--no-lock", "-o", self.out, *words,
                               cwd=self.folder, env={**os.environ, "TMPDIR": str(self.folder / "tmp")})

    def setUp(self):
        super().setUp()
        (self.folder / "tmp").mkdir()

    def await_blocks(self, process, count=1):
        def there():
            self.assertIsNone(process.poll(), "it ended by itself")
            return self.blocks_in(self.out / "run.json") >= count

        program.wait_until(there, "a block in run.json")

    def test_signals(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGQUIT, 131), (signal.SIGTERM, 143), (signal.SIGHUP, 129)):
            with self.subTest(number.name), self.measuring("--force") as process:
                (self.out / "run.json").unlink(missing_ok=True)
                self.await_blocks(process)
                workers = program.children_of(process.pid)
                before = time.monotonic()
                process.send_signal(number)
                out, errors = process.communicate(timeout=program.PATIENCE_S)
                self.assertLess(time.monotonic() - before, GENEROUS_S)
                self.assertEqual(process.returncode, code, errors)
                self.assertEqual(errors, "")
                run = json.loads((self.out / "run.json").read_text(encoding="utf-8"))
                self.assertEqual(run["session"]["stop_reason"], "interrupted")
                self.assertTrue(run["session"]["ended"])
                self.assertTrue(run["blocks"])
                self.assertEqual(run["failures"], [])
                self.assertIn("matmul/f32/", (self.out / "report.md").read_text(encoding="utf-8"))
                self.assertIn("matmul/f32/", out)
                self.assertFalse([pid for pid in workers if program.is_running(pid)])
                self.assertEqual(list((self.folder / "tmp").iterdir()), [], "scratch files are gone")

    def test_before_anything_was_started(self):
        """While the first worker is awaited there is neither a target nor a reference yet."""
        hang = f"exec {sys.executable} -c 'import signal; signal.pause()'"
        self.write("hang", f"#!/bin/sh\n: > {self.folder}/started\n{hang}\n", executable=True)
        out = self.folder / "out"
        with program.started("run", "--quiet", "matmul/f32/64", "--targets", f"{SLICE}/hang,{SLICE}/native", "--translator",
                             f"hang:{SLICE}={self.folder}/hang", "--no-lock", "-o", out, cwd=self.folder) as process:
            program.wait_until((self.folder / "started").exists, "the worker that hangs")
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=program.PATIENCE_S)
            self.assertEqual(process.returncode, 130, errors)
            self.assertEqual(errors, "")

    def test_while_training(self):
        with program.started("train", "train/cifar-mlp", "--no-lock", "--targets", f"{SLICE}/native", cwd=self.folder) as process:
            program.wait_until(lambda: program.children_of(process.pid), "a worker")
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=program.PATIENCE_S)
            self.assertEqual(process.returncode, 130, errors)
            self.assertEqual(errors, "")

    @unittest.skipUnless(sys.platform == "linux", "workers die with their driver on Linux; elsewhere at the end of their input")
    def test_a_driver_that_is_killed_takes_its_workers_along(self):
        with self.measuring() as process:
            workers = []

            def caught():
                workers[:] = program.children_of(process.pid)
                return workers

            self.await_blocks(process)
            program.wait_until(caught, "workers")
            process.send_signal(signal.SIGKILL)
            process.wait(program.PATIENCE_S)
            program.wait_until(lambda: not any(map(program.is_running, workers)), "the workers' end")
        json.loads((self.out / "run.json").read_text(encoding="utf-8"))

    def test_a_full_disk_keeps_the_last_whole_file(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", disk], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("may not mount a small file system")
        self.addCleanup(subprocess.run, ["umount", "-l", disk], check=True)
        done = subprocess.run([program.M1BENCH, "all", "--quiet", "--fake-measurer", "-o", disk / "out"], capture_output=True, text=True,
                              timeout=program.PATIENCE_S, cwd=self.folder)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("the last whole run file is kept", done.stderr)
        self.assertLessEqual(done.stderr.count("\n"), 4)
        self.assertIn("matmul/f32/64", done.stdout, "the table is still shown")
        self.assertGreater(self.blocks_in(disk / "out" / "run.json"), 0)
        self.assertEqual([path.name for path in (disk / "out").iterdir()], ["run.json"], "no part of a file is left")


if __name__ == "__main__":
    sys.exit(program.main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Launches as a case: real workers, and the first launch of a build kept apart."""
import json
import os
import pathlib
import sys

import program

CASE = "startup/noop"
SLICE = program.native_slice()
NATIVE, SAME = f"{SLICE}/native", f"{SLICE}/same"


class Startup(program.ProgramTest):
    def measure(self, *words):
        out = self.folder / "out"
        self.run_m1bench("run", CASE, "--quick", "--no-lock", "--force", "--targets", f"{NATIVE},{SAME}", "--translator",
                         f"same:{SLICE}=env", "-o", out, *words)
        return json.loads((out / "run.json").read_text(encoding="utf-8"))

    def test_a_loop_is_a_launch(self):
        run = self.measure()
        self.assertEqual([check["status"] for check in run["verifications"]], ["right", "right"])
        entries = [entry for block in run["blocks"] for entry in block["targets"]]
        self.assertEqual(len(entries), 2 * 5)
        for entry in entries:
            self.assertEqual(len(entry["wall_s"]), len(entry["cpu_s"]))
            self.assertTrue(all(seconds > 0 for seconds in entry["wall_s"]))
            self.assertEqual(set(entry["cpu_s"]), {0})
            self.assertIsNone(entry["max_rss_bytes"])

    def test_only_the_first_launch_of_a_build_is_cold(self):
        first = [target["cold_start_s"] for target in self.measure()["targets"]]
        self.assertTrue(all(seconds > 0 for seconds in first), first)
        again = self.measure()
        self.assertEqual([target["cold_start_s"] for target in again["targets"]], first, "another session found them")
        kept = pathlib.Path(os.environ["XDG_CACHE_HOME"], "m1bench", "cold-starts").read_text(encoding="utf-8")
        build_id = again["targets"][0]["hello"]["build_id"]
        self.assertEqual([line.split()[0] for line in kept.splitlines()], [build_id] * len(kept.splitlines()))
        self.assertEqual({line.split()[2] for line in kept.splitlines()} & {NATIVE, SAME}, {NATIVE, SAME})
        report = self.run_m1bench("report", self.folder / "out", "--color", "never", columns=200).stdout
        self.assertIn("first launch of this build: " + NATIVE, report)

    def test_a_cache_that_cannot_be_written_is_no_failure(self):
        there = os.environ["XDG_CACHE_HOME"]
        os.environ["XDG_CACHE_HOME"] = str(self.write("file", "x"))
        try:
            self.assertTrue(all(target["cold_start_s"] > 0 for target in self.measure()["targets"]))
        finally:
            os.environ["XDG_CACHE_HOME"] = there

    def test_nothing_to_run_in_a_worker(self):
        done = self.run_m1bench("verify", CASE, "--no-lock", "--targets", NATIVE)
        self.assertIn("right", done.stdout)


if __name__ == "__main__":
    sys.exit(program.main())

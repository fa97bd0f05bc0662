#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the Mac's universal file on made-up Macs.

M1BENCH_MACHO_RUNNER names the command that can: RUNNER --persona NAME [--arch x86_64] FILE [ARGUMENT...], where --arch x86_64
on Apple silicon is a program started from a Rosetta terminal. What such a run says of speed means nothing; that the slices
start, prove themselves, agree and are told apart is what is tested.
"""
import json
import os
import pathlib
import shlex
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["M1BENCH_BUILD_DIR"])
RUNNER = shlex.split(os.environ.get("M1BENCH_MACHO_RUNNER", ""))
SKIPPED = 77
PATIENCE_S = 600
APPLE, NO_ROSETTA, VM, INTEL = "apple-silicon", "apple-silicon-no-rosetta", "ci-vm", "intel"
# The machine and how the driver is started: name, persona, options of the runner.
TRANSLATED = ("driver started translated", APPLE, ["--arch", "x86_64"])
MACHINES = [(APPLE, APPLE, []), (NO_ROSETTA, NO_ROSETTA, []), TRANSLATED, (VM, VM, []), (INTEL, INTEL, [])]
NATIVE = {name: "x86_64-v3/native" if name == INTEL else "arm64/native" for name, _, _ in MACHINES}
TRANSLATING = {APPLE, TRANSLATED[0], VM}  # those with Rosetta
INSTALL = "softwareupdate --install-rosetta --agree-to-license"


class Personas(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="m1bench-macho-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def on(self, machine, *words, codes=(0,)):
        _, persona, options = machine
        environment = dict(os.environ, HOME=str(self.folder), XDG_CACHE_HOME=str(self.folder))
        done = subprocess.run([*RUNNER, "--persona", persona, *options, str(BUILD / "bin" / "m1bench"), *map(str, words)],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE_S, env=environment,
                              cwd=self.folder)
        self.assertIn(done.returncode, codes, f"{machine[0]}: {words}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        return done.stdout

    def test_version(self):
        versions = {self.on(machine, "--version") for machine in MACHINES}
        self.assertEqual(len(versions), 1, versions)

    def test_targets(self):
        for machine in MACHINES:
            with self.subTest(machine[0]):
                targets = {row["name"]: row for row in json.loads(self.on(machine, "list", "targets", "--json"))}
                self.assertTrue(targets[NATIVE[machine[0]]]["available"], targets)
                if machine[0] == INTEL:
                    self.assertTrue(targets["x86_64-v2/native"]["available"], targets)
                    self.assertNotIn("arm64/native", targets)
                    continue
                for tier in ("v2", "v3"):
                    row = targets[f"x86_64-{tier}/rosetta2"]
                    self.assertEqual(row["available"], machine[0] in TRANSLATING, row)
                    if not row["available"]:
                        self.assertIn("Rosetta", row["cause"])
                        self.assertIn(INSTALL, row["remedy"])

    def test_answers_are_right_in_every_slice(self):
        for machine in MACHINES:
            with self.subTest(machine[0]):
                said = self.on(machine, "verify", "matmul/f32/64", "matmul/f32/256", "train/regression-mlp")
                self.assertIn("0 wrong", said)

    def test_measures(self):
        for machine in MACHINES:
            with self.subTest(machine[0]):
                out = self.folder / machine[0].replace(" ", "-")
                alone = machine[0] == NO_ROSETTA  # nothing to compare with
                said = self.on(machine, "run", "matmul/f32/64", "--quick", "-o", out, codes=(6,) if alone else (0,))
                run = json.loads((out / "run.json").read_text(encoding="utf-8"))
                self.assertEqual(run["session"]["baseline"], NATIVE[machine[0]])
                greeted = {target["name"]: target["hello"] for target in run["targets"] if target["available"]}
                for name, hello in greeted.items():
                    self.assertEqual(f"{hello['slice']}/{hello['translator']}", name)
                if machine[0] in TRANSLATING:
                    self.assertIn("x86_64-v2/rosetta2", greeted)
                    self.assertRegex(said, r"takes [0-9.]+x the time")
                self.assertGreater(len(run["blocks"]), 0)
                counters = [entry["counters"] for block in run["blocks"] for entry in block["targets"]]
                if machine[0] == VM:  # has none
                    self.assertEqual(set(counters), {None})
                else:
                    self.assertGreater(sum(counted["instructions"] for counted in counters), 0)
                self.assertEqual("instructions x" in said, machine[0] in TRANSLATING - {VM} or machine[0] == INTEL, said)
                warned = {warning["code"] for warning in run["warnings"]}
                self.assertEqual("translated-driver" in warned, machine == TRANSLATED, warned)

    def test_doctor(self):
        of_the_moment = {"high-load", "measuring"}  # of the machine that runs the test
        wanted = {APPLE: {"rosetta-ends"}, NO_ROSETTA: {"no-rosetta"}, TRANSLATED[0]: {"translated-driver", "rosetta-ends"},
                  VM: {"virtual-machine", "rosetta-ends"}, INTEL: set()}
        for machine in MACHINES:
            with self.subTest(machine[0]):
                codes = (6,) if machine[0] == NO_ROSETTA else (0,)
                said = json.loads(self.on(machine, "doctor", "--json", codes=codes))
                self.assertEqual({finding["code"] for finding in said["findings"]} - of_the_moment, wanted[machine[0]], said)
                self.assertIn("m1bench", self.on(machine, "doctor", codes=codes))


if __name__ == "__main__":
    if not RUNNER:
        print("M1BENCH_MACHO_RUNNER names no command that runs Mach-O files: skipped")
        raise SystemExit(SKIPPED)
    unittest.main()

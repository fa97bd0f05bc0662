#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The gate end to end: `m1bench ab` of two builds, with and without a slowdown put into one of them, and what it refuses."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

import program

CASES = ("matmul/f32/256", "train/mnist-mlp")
BUILD = pathlib.Path(os.environ.get("M1BENCH_BUILD_DIR", ""))


class Ab(program.ProgramTest):
    def fake(self, *words, code=0):
        return self.run_m1bench("ab", "--fake-measurer", "--base", "old", "--head", "new", "--seed", 7, "-o", self.folder / "run", "--color",
                                "never", *words, code=code, columns=132).stdout

    def run_file(self):
        return json.loads((self.folder / "run" / "run.json").read_text(encoding="utf-8"))

    def test_two_equal_builds_pass(self):
        self.expect("ab_same.txt", self.fake(*CASES))

    def test_a_slowdown_is_found_confirmed_and_told(self):
        said = self.fake(*CASES, "--strict", "--inject-slowdown", "head:matmul/f32/256=1.05", code=1)
        self.expect("ab_slower.txt", said)
        self.expect("ab_slower.md", (self.folder / "run" / "report.md").read_text(encoding="utf-8"))
        stages = {(block["case"], block["stage"]) for block in self.run_file()["blocks"]}
        self.assertEqual(stages, {(CASES[0], 1), (CASES[1], 1), (CASES[0], 2)}, "only what was in doubt is measured again")

    def test_a_slower_base_is_an_improvement_and_passes(self):
        self.fake(*CASES, "--inject-slowdown", "base:matmul/f32/256=1.2")

    def test_the_slowed_are_marked(self):
        self.fake(*CASES, "--inject-slowdown", "head:matmul/f32/256=1.05", code=3)
        run = self.run_file()
        self.assertEqual({target["name"]: target["slowdown"] for target in run["targets"]},
                         {"base:x86_64-v4/native": {}, "head:x86_64-v4/native": {"matmul/f32/256": 1.05}})
        self.assertIn("slowed", {warning["code"] for warning in run["warnings"]})

    def test_a_run_of_ab_can_be_decided_again(self):
        self.fake(*CASES, "--inject-slowdown", "head:matmul/f32/256=1.2", code=1)
        self.run_m1bench("compare", self.folder / "run", code=1)
        self.run_m1bench("compare", self.folder / "run", "--format", "junit", code=1)
        self.run_m1bench("report", self.folder / "run")

    def test_a_target_of_ones_own_choice(self):
        self.fake("matmul/f32/64", "--targets", "x86_64-v2/native,x86_64-v3/native")
        self.assertEqual([target["name"] for target in self.run_file()["targets"]],
                         ["base:x86_64-v2/native", "head:x86_64-v2/native", "base:x86_64-v3/native", "head:x86_64-v3/native"])

    def test_a_wrong_answer_in_head_is_no_pass(self):
        self.fake("matmul/f32/64", "--fake-wrong", "matmul/f32/64@head:x86_64-v4/native", code=4)

    def test_what_it_refuses(self):
        empty = self.folder / "empty"
        empty.mkdir()
        file = self.write("m1bench-x86_64-v9", "no program", executable=True)
        for words, said in (
            (("--base", empty, "--head", empty), "there is no m1bench"),
            (("--base", self.folder / "nowhere", "--head", empty), "nowhere"),
            (("--base", file, "--head", file), "there are no slices"),
            (("--base", empty,), "--head"),
        ):
            done = self.run_m1bench("ab", "matmul/f32/64", *words, code=2)
            self.assertIn(said, done.stderr)
        self.fake("matmul/f32/64", "--inject-slowdown", "head:matmul/f32/65=2", code=2)
        self.fake("matmul/f32/64", "--quick", "--thorough", code=2)

    def test_two_real_trees(self):
        """What it decides depends on the machine; that it measures both, in the same blocks, does not."""
        slices = BUILD / "libexec"
        if not slices.is_dir():
            self.skipTest("this build has no slices of its own")
        tree = self.folder / "tree"
        shutil.copytree(slices, tree / "libexec")
        (tree / "bin").mkdir()
        shutil.copy2(program.M1BENCH, tree / "bin" / "m1bench")
        name = f"{program.native_slice()}/native"
        out = self.folder / "run"
        self.run_m1bench("ab", "--base", tree, "--head", program.M1BENCH, "matmul/f32/64", "--targets", name, "--quick", "--no-lock",
                         "--unsure", "pass", "--inject-slowdown", "head:matmul/f32/64=20", "-o", out, code=1)
        commands = {target["name"]: target["command"][-2] for target in self.run_file()["targets"]}
        self.assertTrue(commands[f"base:{name}"].startswith(str(tree)) or commands[f"base:{name}"].startswith("~"))
        self.assertNotEqual(commands[f"base:{name}"], commands[f"head:{name}"])
        for block in self.run_file()["blocks"]:
            self.assertEqual(sorted(entry["target"] for entry in block["targets"]), [f"base:{name}", f"head:{name}"])


    def test_a_head_that_lost_its_best_slice_does_not_pass(self):
        slices = BUILD / "libexec" / "m1bench"
        if not slices.is_dir():
            self.skipTest("this build has no slices of its own")
        rows = json.loads(self.run_m1bench("list", "targets", "--json").stdout)
        best = [row["slice"] for row in rows if row["available"] and row["translator"] == "native"][-1]
        for side in ("base", "head"):
            shutil.copytree(slices, self.folder / side / "libexec" / "m1bench")
            (self.folder / side / "bin").mkdir()
            shutil.copy2(program.M1BENCH, self.folder / side / "bin" / "m1bench")
        (self.folder / "head" / "libexec" / "m1bench" / f"m1bench-{best}").unlink()
        said = self.run_m1bench("ab", "--base", self.folder / "base", "--head", self.folder / "head", "matmul/f32/64", "--quick", "--no-lock",
                                "-o", self.folder / "run", code=5).stdout
        self.assertIn("missing in head", said)

    def test_a_dry_run_names_both_builds(self):
        said = self.fake("matmul/f32/64", "--dry-run", "--targets", "x86_64-v2/native")
        self.assertIn("# base:x86_64-v2/native", said)
        self.assertIn("# head:x86_64-v2/native", said)
        self.run_m1bench("ab", "--base", self.folder / "nowhere", "--head", self.folder / "nowhere", "matmul/f32/64", "--dry-run", code=2)


    def test_a_control_takes_part_and_is_not_judged(self):
        self.fake("matmul/f32/256", "--control")
        run = self.run_file()
        self.assertEqual([(target["name"], target["side"]) for target in run["targets"]],
                         [("base:x86_64-v4/native", "base"), ("head:x86_64-v4/native", "head"),
                          ("control:base:x86_64-v4/native", "control")])
        shown = json.loads(self.run_m1bench("compare", self.folder / "run", "--format", "json").stdout)
        self.assertEqual([change["target"] for change in shown["changes"]], ["x86_64-v4/native"])

    def test_what_a_workflow_makes_of_it(self):
        self.fake(*CASES, "--control", "--inject-slowdown", "head:matmul/f32/256=1.2", code=1)
        shown = self.run_m1bench("compare", self.folder / "run", "--format", "json", code=1).stdout
        summary = subprocess.run([sys.executable, program.ROOT / "scripts" / "ci" / "summary.py", self.write("comparison.json", shown)],
                                 capture_output=True, text=True, timeout=program.PATIENCE_S, check=True).stdout
        self.expect("ab_summary.md", summary)


class Control(program.ProgramTest):
    def test_the_baseline_takes_part_twice_and_its_floor_is_shown(self):
        out = self.folder / "run"
        said = self.run_m1bench("run", "matmul/f32/256", "matmul/f32/64", "--fake-measurer", "--control", "--seed", 7, "-o", out, "--color", "never", columns=132).stdout
        self.expect("control.txt", said)
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
        self.assertIn("control:x86_64-v4/native", [target["name"] for target in run["targets"]])

    def test_thorough_goes_on_until_half_a_percent(self):
        blocks = {}
        for words in ((), ("--thorough",)):
            out = self.folder / f"run{len(words)}"
            self.run_m1bench("run", "matmul/f32/256", "--fake-measurer", "--seed", 7, "-o", out, *words)
            blocks[words] = len(json.loads((out / "run.json").read_text(encoding="utf-8"))["blocks"])
        self.assertGreaterEqual(blocks[("--thorough",)], blocks[()])


if __name__ == "__main__":
    sys.exit(program.main())

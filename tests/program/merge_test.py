#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shards of a run and their way back into one: `--shard I/N` and `m1bench merge`."""
import json
import shutil
import sys

import program

SHARDS = 3
ALL = ["all", "--fake-measurer", "--color", "never"]


class MergeTest(program.ProgramTest):
    def measure(self, name, *words):
        """Measures into a folder of that name, and returns the folder."""
        folder = self.folder / name
        self.run_m1bench(*ALL, "-o", folder, *words)
        return folder

    def shards(self):
        return [self.measure(f"shard-{i}", "--shard", f"{i}/{SHARDS}") for i in range(1, SHARDS + 1)]

    def merge(self, folders, out="merged", code=0):
        return self.run_m1bench("merge", *folders, "-o", self.folder / out, code=code)

    def refused(self, folders, code, *said):
        done = self.run_m1bench("merge", *folders, "-o", self.folder / "refused", code=code)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        for words in said:
            self.assertIn(words, done.stderr)
        self.assertFalse((self.folder / "refused").exists(), "nothing is written")

    def edited(self, folder, edit):
        """A copy of that run with its document changed by `edit`."""
        copy = self.folder / f"{folder.name}-edited"
        shutil.rmtree(copy, ignore_errors=True)
        run = read(folder)
        edit(run)
        return self.write(f"{copy.name}/run.json", json.dumps(run)).parent

    def test_the_shards_of_a_run_are_that_run(self):
        whole = read(self.measure("whole"))
        folders = self.shards()
        parts = [read(folder) for folder in folders]
        done = self.merge(folders)
        merged = read(self.folder / "merged")
        self.assertEqual(names(merged), names(whole))
        for i, part in enumerate(parts):
            self.assertEqual(names(part), names(whole)[i::SHARDS])
            self.assertEqual(part["session"]["shard"], f"{i + 1}/{SHARDS}")
        self.assertEqual(merged["cases"], whole["cases"])
        self.assertEqual(sorted(pairs(merged)), sorted(pairs(whole)))
        self.assertEqual(merged["blocks"], [block for part in parts for block in part["blocks"]])
        self.assertEqual([part["session"] for part in merged["session"]["merged"]], [part["session"]["id"] for part in parts])
        self.assertEqual(merged["session"]["shard"], "")
        self.assertTrue((self.folder / "merged" / "report.md").read_text(encoding="utf-8").startswith("#"))
        self.assertIn(f"{self.folder}/merged/run.json", done.stdout)
        for name in names(whole):
            self.assertIn(name, done.stdout)
        self.run_m1bench("report", self.folder / "merged")

    def test_the_order_of_the_shards_is_no_matter(self):
        folders = self.shards()
        self.merge(folders, "one")
        self.merge(folders[::-1], "other")
        self.assertEqual((self.folder / "one" / "run.json").read_bytes(), (self.folder / "other" / "run.json").read_bytes())

    def test_what_does_not_belong_together(self):
        one, two, three = self.shards()
        self.refused([one, two, two, three], 2, "shard 2/3 is given twice")
        self.refused([one, three], 2, "shard 2/3 is missing (2 of 3 are given)")
        self.refused([one, self.measure("seed", "--shard", "2/3", "--seed", 2), three], 5,
                     "shard 2/3 has session.seed '2' and shard 1/3 has '1'")
        self.refused([one, self.measure("quick", "--shard", "2/3", "--quick"), three], 5, "session.quick 'yes'")
        self.refused([one, self.measure("of-2", "--shard", "2/2")], 5, "different numbers of shards")
        self.refused([one, self.measure("unsharded"), three], 2, "run 2 of the 3 given was measured without --shard")
        few = self.measure("few", "--shard", "2/3", "--targets", "x86_64-v4/native,x86_64-v2/native")
        self.refused([one, few, three], 5, "shard 2/3 has targets", "arm64/qemu-user")
        other_build = self.edited(two, lambda run: run["tool"].update(build_id="1111111111111111"))
        self.refused([one, other_build, three], 5, "tool.build_id '1111111111111111'", "'0000000000000000'")
        same_case = self.edited(two, lambda run: run["cases"].insert(0, read(one)["cases"][0]))
        self.refused([one, same_case, three], 5, "both have the case")

    def test_what_is_no_run(self):
        one, two, three = self.shards()
        self.write("broken/run.json", (two / "run.json").read_bytes()[:-100])
        self.refused([one, self.folder / "broken", three], 2, "broken/run.json", "is not JSON")
        self.refused([one, self.folder / "nowhere", three], 2, "nowhere")
        self.run_m1bench("merge", one, code=2)

    def test_a_run_that_is_there_is_only_replaced_by_force(self):
        folders = self.shards()
        before = (folders[0] / "run.json").read_bytes()
        self.run_m1bench("merge", *folders, "-o", folders[0], code=2)
        self.assertEqual((folders[0] / "run.json").read_bytes(), before)
        self.run_m1bench("merge", *folders, "-o", folders[0], "--force")
        self.assertEqual(len(read(folders[0])["session"]["merged"]), SHARDS)
        self.refused(folders, 2, "run 1 of the 3 given was merged already")

    def test_a_wrong_answer_in_one_shard_is_one_of_the_run(self):
        case = names(read(self.measure("whole")))[1]
        folders = [self.measure("shard-1", "--shard", "1/2")]
        wrong = self.folder / "shard-2"
        self.run_m1bench(*ALL, "-o", wrong, "--shard", "2/2", "--fake-wrong", f"{case}@x86_64-v2/native", code=4)
        self.merge([*folders, wrong], code=4)

    def test_shards_that_are_none(self):
        for text in ("0/3", "4/3", "3", "1/0", "-1/3", "a/b", "1/3/5", "01/3", ""):
            done = self.run_m1bench(*ALL, "-o", self.folder / "none", f"--shard={text}", code=2)
            if text:
                self.assertIn(f"--shard takes I/N with 1 <= I <= N, not '{text}'", done.stderr)
        done = self.run_m1bench("run", "matmul/f32/64", "--fake-measurer", "--shard", "2/2", "-o", self.folder / "none", code=2)
        self.assertIn("--shard 2/2 has no case, because only 1 is chosen", done.stderr)
        self.assertFalse((self.folder / "none").exists())

    def test_a_dry_run_shows_the_shard_alone(self):
        def cases(*words):
            shown = self.run_m1bench(*ALL, "--dry-run", *words).stdout
            return [line for line in shown.splitlines() if line.startswith("#   ")]

        self.assertEqual(cases("--shard", "1/2"), cases()[::2])
        self.assertEqual(cases("--shard", "2/2"), cases()[1::2])


def read(folder):
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


def names(run):
    return [case["name"] for case in run["cases"]]


def pairs(run):
    """Each case and target that was verified."""
    return [(check["case"], check["target"]) for check in run["verifications"]]


if __name__ == "__main__":
    sys.exit(program.main())

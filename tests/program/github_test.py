#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What m1bench does in a job of GitHub Actions: the step's summary and annotations. A made-up job: the variables are set here."""
import json
import os
import pathlib

import program

GATE = program.ROOT / "tests" / "data" / "gate"
LIMIT = 1 << 20
TREE = pathlib.Path(program.M1BENCH).resolve().parents[1] if program.M1BENCH else None


class Job(program.ProgramTest):
    def job(self, *words, code=0, summary=None):
        self.summary = summary or self.folder / "summary.md"
        return self.run_m1bench(*words, code=code, variables={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(self.summary)})

    def fake(self, *words, **expected):
        return self.job(*words, "--fake-measurer", "--quick", "-o", self.folder / "run", "--force", **expected)

    def commands(self, done):
        return [line for line in done.stdout.splitlines() if line.lstrip().startswith("::")]

    def report(self):
        return (self.folder / "run" / "report.md").read_text(encoding="utf-8")

    def test_the_report_is_the_summary(self):
        for words in (["run", "matmul/f32/64", "matmul/f32/256"], ["tiers", "matmul/f32/256"], ["all"]):
            with self.subTest(words):
                done = self.fake(*words)
                self.assertEqual(self.summary.read_text(encoding="utf-8"), self.report())
                self.assertEqual(self.commands(done), [], "a ratio is no fault")
                self.summary.unlink()

    def test_each_command_adds_its_own(self):
        self.fake("run", "matmul/f32/64")
        first = self.report()
        self.fake("run", "matmul/f32/256")
        self.assertEqual(self.summary.read_text(encoding="utf-8"), first + self.report())

    def test_a_wrong_answer(self):
        done = self.fake("run", "matmul/f32/256", "--fake-wrong", "matmul/f32/256@x86_64-v2/native", code=4)
        commands = self.commands(done)
        self.assertEqual(len(commands), 1)
        self.assertRegex(commands[0], r"\A::error title=m1bench%3A wrong answer::matmul/f32/256 on x86_64-v2/native: ")

    def test_ab(self):
        done = self.fake("ab", "--base", TREE, "--head", TREE, "matmul/f32/256", "--inject-slowdown",
                         "head:matmul/f32/256=1.2", code=1)
        said = self.commands(done)[0].removeprefix("::error title=m1bench%3A regression::")
        self.assertRegex(said, r"\Amatmul/f32/256 on x86_64-v4/native takes 1\.2\dx the time of base \[")
        self.assertEqual(self.summary.read_text(encoding="utf-8"), self.report())

    def test_compare(self):
        done = self.job("compare", GATE / "base.json", GATE / "plus10.json", code=1)
        self.assertEqual([line.split("::")[1] for line in self.commands(done)], ["error title=m1bench%3A regression"])
        markdown = self.run_m1bench("compare", GATE / "base.json", GATE / "plus10.json", "--format", "markdown", code=1).stdout
        self.assertEqual(self.summary.read_text(encoding="utf-8"), markdown)
        done = self.job("compare", GATE / "base.json", GATE / "noisy.json", code=3)
        self.assertEqual({line.split("::")[1] for line in self.commands(done)}, {"warning title=m1bench%3A unsure"})
        done = self.job("compare", GATE / "base.json", GATE / "unlike_parameters.json", code=5)
        self.assertEqual({line.split("::")[1] for line in self.commands(done)}, {"error title=m1bench%3A not comparable"})

    def test_what_a_program_reads_has_nothing_in_it(self):
        for name in ("json", "junit", "markdown"):
            words = ["compare", GATE / "base.json", GATE / "plus10.json", "--format", name]
            self.assertEqual(self.job(*words, code=1).stdout, self.run_m1bench(*words, code=1).stdout)
            self.assertFalse(self.summary.exists())
        self.fake("run", "matmul/f32/64")
        self.summary.unlink()
        self.job("report", self.folder / "run")
        self.assertFalse(self.summary.exists(), "to show a run again judges nothing")

    def test_merge(self):
        for shard in ("1/2", "2/2"):
            self.run_m1bench("run", "matmul/f32/64", "matmul/f32/256", "--shard", shard, "--fake-measurer", "--quick", "-o",
                             self.folder / shard[0])
        self.job("merge", self.folder / "1", self.folder / "2", "-o", self.folder / "run")
        self.assertEqual(self.summary.read_text(encoding="utf-8"), self.report())

    def test_it_is_cut_where_github_stops(self):
        for used in (0, LIMIT - 3000, LIMIT - 100, LIMIT, LIMIT + 5):
            with self.subTest(used):
                self.write("summary.md", b"x" * used)
                self.fake("all")
                text = self.summary.read_text(encoding="utf-8")
                self.assertLessEqual(len(text.encode()), max(LIMIT, used))
                self.assertTrue(text.startswith("x" * used))
                cut = used == LIMIT - 3000
                self.assertEqual("the whole report is in `report.md`, in the folder that `--output` names." in text, cut)

    def test_a_summary_that_cannot_be_written_is_one_complaint(self):
        for path in (self.folder, self.folder / "no" / "such"):
            with self.subTest(path):
                done = self.fake("run", "matmul/f32/64", summary=path)
                self.assertEqual(done.stderr.count("\n"), 1)
                self.assertRegex(done.stderr, r"\Am1bench: cannot .*GITHUB_STEP_SUMMARY")

    def test_nothing_outside_of_a_job(self):
        for variables in ({}, {"GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": ""}, {"GITHUB_ACTIONS": "false"}):
            done = self.run_m1bench("compare", GATE / "base.json", GATE / "plus10.json", code=1, variables=variables)
            self.assertEqual(self.commands(done), [])
        self.assertNotIn("GITHUB_ACTIONS", os.environ)

    def test_names_that_would_be_commands(self):
        runs = []
        for name in ("base", "plus10"):
            text = (GATE / f"{name}.json").read_text(encoding="utf-8")
            for old, new in (("matmul/f32/256", "::set-env name=PATH::/evil"), ("elementwise/add", "x\n::stop-commands::y"),
                             ("softmax/32x1000", "##[set-output name=a]b")):
                text = text.replace(json.dumps(old), json.dumps(new))
            runs.append(self.write(f"{name}.json", text))
        done = self.job("compare", *runs, code=1)
        commands = self.commands(done)
        self.assertEqual(len(commands), 1)
        self.assertIn(r"::\u{3A}:set-env name=PATH::/evil on ", commands[0])
        self.assertNotIn("##[", done.stdout)
        self.assertIn(r"x\u{A}\u{3A}:stop-commands::y", done.stdout)


if __name__ == "__main__":
    program.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The whole program's `explain`: of the run in the documentation, of a run made here, and of files that are none."""
import json
import sys

import program

SAMPLE = program.ROOT / "docs" / "sample-run.json"


class Explain(program.ProgramTest):
    def measure(self, *words):
        return self.run_m1bench("run", *words, "--fake-measurer", "--quick", "--seed", 7, "-o", self.folder / "run")

    def refused(self, *words, said, code=2):
        done = self.run_m1bench("explain", *words, code=code)
        self.assertEqual(done.stdout, "")
        self.assertIn(said, done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_the_sample(self):
        self.expect("explain_sample.txt", self.run_m1bench("explain", SAMPLE, "--color", "never", columns=120).stdout)

    def test_the_newest_run_is_the_default(self):
        self.run_m1bench("run", "matmul/f32/64", "bound/f32", "--fake-measurer")
        self.assertIn("matmul/f32/64", self.run_m1bench("explain").stdout)

    def test_cases_and_target(self):
        document = json.loads(self.run_m1bench("explain", SAMPLE, "matmul/*", "softmax/*", "--target", "arm64/qemu-user", "--format", "json").stdout)
        self.assertEqual({case["case"].split("/")[0] for case in document["cases"]}, {"matmul", "softmax"})
        self.assertEqual({target["target"] for case in document["cases"] for target in case["targets"]}, {"arm64/qemu-user"})

    def test_a_missing_fact_names_the_command_that_gives_it(self):
        self.measure("matmul/f32/64")
        without = self.run_m1bench("explain", self.folder / "run").stdout
        self.assertIn("-> m1bench run bound/f32 matmul/f32/64", without)
        self.run_m1bench("run", "bound/f32", "matmul/f32/64", "--fake-measurer", "--quick", "-o", self.folder / "more")
        self.assertNotIn("-> m1bench run bound/f32", self.run_m1bench("explain", self.folder / "more").stdout)

    def test_what_is_no_run(self):
        newer = json.loads(SAMPLE.read_text(encoding="utf-8")) | {"schema_version": 99}
        texts = {"foreign": '{"benchmarks": []}', "newer": json.dumps(newer), "corrupt": "{", "bytes": b"\xff\xfe\x00"}
        for name, text in texts.items():
            with self.subTest(name):
                (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
                self.refused(self.folder / name, said=name)
        self.refused("/no/such/run.json", said="/no/such/run.json")
        self.refused(SAMPLE, "nonsense/*", said="the run has no case like nonsense/*")
        self.refused(SAMPLE, "--target", "arm64/qemu-usr", said='did you mean "arm64/qemu-user"?')
        self.refused(SAMPLE, "--format", "jsn", said='did you mean "json"?')

    def test_a_run_of_ab(self):
        self.run_m1bench("ab", "--base", "old", "--head", "new", "matmul/f32/64", "--fake-measurer", "--quick",
                         "-o", self.folder / "ab")
        self.refused(self.folder / "ab", said="two builds")


if __name__ == "__main__":
    sys.exit(program.main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The whole program's output with the fake measurer, and its help, compared with tests/golden/program_*.

With M1BENCH_UPDATE_GOLDEN=1 the files are rewritten instead, to be looked at and committed.
"""
import json
import sys

import program


class Golden(program.ProgramTest):
    def measure(self, *words):
        return self.run_m1bench("all", "--fake-measurer", "--seed", 7, "-o", self.folder / "run", "--color", "never", *words)

    def test_all(self):
        self.expect("all.txt", self.measure().stdout)
        self.expect("all.md", (self.folder / "run" / "report.md").read_text(encoding="utf-8"))

    def test_quick(self):
        self.expect("quick.txt", self.measure("--quick").stdout)

    def test_counters(self):
        words = ["run", "matmul/f32/64", "matmul/f32/256", "elementwise/add", "--fake-measurer", "--fake-counters", "--seed", 7,
                 "-o", self.folder / "run", "--color", "never"]
        self.expect("counters.txt", self.run_m1bench(*words).stdout)
        self.expect("counters.csv", self.run_m1bench("report", self.folder / "run", "--format", "csv").stdout)
        run = json.loads((self.folder / "run" / "run.json").read_text(encoding="utf-8"))
        self.assertTrue(all(entry["counters"]["instructions"] > 0 for block in run["blocks"] for entry in block["targets"]))

    def test_launches_and_ways_to_do_a_step(self):
        done = self.run_m1bench("run", "startup/noop", "pipeline/*", "memory/*", "--fake-measurer", "--quick", "-o", self.folder / "run",
                                "--color", "never")
        self.expect("steps.txt", done.stdout)

    def test_tiers(self):
        done = self.run_m1bench("tiers", "matmul/f32/256", "elementwise/exp", "--fake-measurer", "--quick", "-o", self.folder / "run",
                                "--color", "never")
        self.expect("tiers.txt", done.stdout)
        report = (self.folder / "run" / "report.md").read_text(encoding="utf-8")
        self.assertIn("| matmul/f32/256 | x86_64-v3/qemu-user | x86_64-v2/qemu-user | takes 0.668x the time", report.replace("`", ""))

    def test_models(self):
        model = program.ROOT / "tests" / "data" / "tflite" / "mnist-cnn-int8.tflite"
        done = self.run_m1bench("run", "infer/*", "--model", model, "--fake-measurer", "--quick", "-o", self.folder / "run")
        for name in ("infer/mnist-cnn-f32", "infer/mnist-cnn-int8", "infer/tflite"):
            self.assertIn(name, done.stdout)
        cases = json.loads((self.folder / "run" / "run.json").read_text(encoding="utf-8"))["cases"]
        self.assertEqual([(case["dtype"], case["flop"]) for case in cases], [("f32", 497536), ("i8", 497536), ("i8", 497536)])
        self.assertEqual({case["parameters"]["model"] for case in cases[1:]}, {model.name})

    def test_a_wrong_answer(self):
        done = self.run_m1bench("run", "matmul/f32/256", "--fake-measurer", "--fake-wrong", "matmul/f32/256@x86_64-v2/native",
                                "--quick", "-o", self.folder / "run", "--color", "never", code=4)
        self.expect("wrong.txt", done.stdout)

    def test_the_same_seed_gives_the_same_run(self):
        self.measure()
        first = (self.folder / "run" / "run.json").read_bytes()
        self.measure("--force")
        second = (self.folder / "run" / "run.json").read_bytes()
        self.assertEqual(first.replace(b'"--force"', b""), second.replace(b',\n      "--force"', b"").replace(b',"--force"', b""))

    def test_run_file(self):
        self.measure()
        run = json.loads((self.folder / "run" / "run.json").read_text(encoding="utf-8"))
        self.assertEqual(run["schema_version"], 1)
        for key in ("targets", "cases", "blocks"):
            self.assertTrue(run[key], key)
        checked = {(check["case"], check["target"]) for check in run["verifications"]}
        for block in run["blocks"]:
            for entry in block["targets"]:
                self.assertIn((block["case"], entry["target"]), checked)
        self.assertLessEqual(sum(run["session"]["time_spent_s"].values()), run["session"]["budget_s"] * 1.01)

    def test_run_file_follows_its_schema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("no jsonschema")
        self.measure()
        schema = json.loads((program.ROOT / "docs" / "run.schema.json").read_text(encoding="utf-8"))
        run = json.loads((self.folder / "run" / "run.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(run)

    def test_reports(self):
        self.measure()
        run = self.folder / "run"
        self.assertEqual(self.run_m1bench("report", run).stdout, self.run_m1bench("report", run / "run.json").stdout)
        markdown = self.run_m1bench("report", run, "--format", "markdown").stdout
        self.assertEqual(markdown, (run / "report.md").read_text(encoding="utf-8"))
        self.expect("report.csv", self.run_m1bench("report", run, "--format", "csv").stdout)
        self.expect("report.json", self.run_m1bench("report", run, "--format", "json").stdout)
        gbench = self.run_m1bench("report", run, "--format", "gbench", "--target", "x86_64-v2/native").stdout
        self.expect("report_gbench.json", gbench)

    def test_the_newest_run_is_the_default(self):
        self.run_m1bench("run", "matmul/f32/64", "--fake-measurer")
        shown = self.run_m1bench("report").stdout
        self.assertIn("matmul/f32/64", shown)
        self.assertTrue((self.folder / "m1bench-results" / "2026-01-01T000000Z" / "run.json").exists())

    def test_verify(self):
        self.expect("verify.txt", self.run_m1bench("verify", "--fake-measurer", "--color", "never").stdout)

    def test_train(self):
        words = ["train", "train/cifar-mlp", "--fake-measurer", "--epochs", 3, "--evaluate", "--color", "never"]
        self.expect("train.txt", self.run_m1bench(*words).stdout)

    def test_dry_run(self):
        for command in (["all"], ["train", "train/cifar-mlp"]):
            text = self.run_m1bench(*command, "--dry-run", "--fake-measurer").stdout
            self.expect(f"dry_run_{command[0]}.txt", text)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_lists(self):
        for what, words in (("cases", []), ("formats", []), ("targets", ["--fake-measurer"])):
            self.expect(f"list_{what}.txt", self.run_m1bench("list", what, *words).stdout)
            rows = json.loads(self.run_m1bench("list", what, "--json", *words).stdout)
            self.assertTrue(all(row["name"] for row in rows))

    def test_help(self):
        self.expect("help.txt", self.run_m1bench("--help").stdout)
        for command in ("all", "run", "verify", "train", "list", "report", "doctor"):
            self.expect(f"help_{command}.txt", self.run_m1bench(command, "--help").stdout)

    def test_colour(self):
        words = ["run", "matmul/f32/64", "--fake-measurer", "--quick", "-o", self.folder / "run", "--force", "--color"]
        self.assertIn("\x1b[", self.run_m1bench(*words, "always").stdout)
        self.assertNotIn("\x1b[", self.run_m1bench(*words, "auto").stdout, "not into a pipe")


if __name__ == "__main__":
    sys.exit(program.main())

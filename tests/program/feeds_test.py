#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`m1bench report --format X -o FILE`: what each format's reader does with it, as far as that can be told without the reader
itself. Those that are to be downloaded read it in scripts/check_feeds.
"""
import csv
import io
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

import program

sys.path.insert(0, str(program.ROOT / "scripts"))
from feeds import rules  # noqa: E402

HOSTILE = ["=1+1", "@SUM(A1)", "a,b\"c", "x\n::set-env name=PATH::/evil", "::set-output name=a::b", "##[set-env name=PATH;]x",
           "a b\tc", "resnet-7", "\u202egnp", "<b>&'", "%%{init: {}}%%", "Benchmark x 1 2 ns/op", "a\x01b", "a\\u{1}b",
           "long" * 1000, "long" * 999 + "lone"]
FORMATS = ("terminal", "markdown", "html", "csv", "json", "jsonl", "junit", "github-action-benchmark", "bencher", "benchfmt")


def hostile_run(run):
    """The run with a case of each hostile name, all of them measured as its first case was."""
    first = run["cases"][0]["name"]
    for name in HOSTILE:
        run["cases"].append({**run["cases"][0], "name": name})
        for key in ("verifications", "blocks"):
            run[key] += [{**entry, "case": name} for entry in run[key] if entry["case"] == first]
    return run


class Feeds(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_m1bench("run", "matmul/f32/64", "matmul/f32/256", "softmax/*", "--fake-measurer", "--seed", 7,
                         "-o", self.folder / "run")
        self.document = json.loads((self.folder / "run" / "run.json").read_text(encoding="utf-8"))
        self.hostile = self.write("hostile.json", json.dumps(hostile_run(json.loads(json.dumps(self.document)))))

    def report(self, run, name, *words):
        out = self.folder / f"out.{name}"
        self.assertEqual(self.run_m1bench("report", run, "--format", name, "-o", out, *words).stdout, "")
        return out.read_text(encoding="utf-8")

    def each(self):
        return (("usual", self.folder / "run"), ("hostile", self.hostile))

    def series(self, run):
        return sum(1 for item in json.loads(self.report(run, "json"))["cases"] for target in item["targets"] if target["time_s"])

    def test_github_action_benchmark(self):
        for name, run in self.each():
            entries = json.loads(self.report(run, "github-action-benchmark"))
            self.assertEqual(list(rules.problems_of_github_action(entries)), [], name)
            self.assertEqual(sum(entry["unit"] == "ns" for entry in entries), self.series(run))
            self.assertEqual({entry["unit"] for entry in entries}, {"ns", "x"})

    def test_bencher(self):
        for name, run in self.each():
            benchmarks = json.loads(self.report(run, "bencher"))
            self.assertEqual(list(rules.problems_of_bencher(benchmarks)), [], name)
            self.assertEqual(len(benchmarks), self.series(run))

    def test_benchfmt(self):
        for name, run in self.each():
            text = self.report(run, "benchfmt")
            results = rules.go_results(text)
            self.assertEqual(len({result.name for result in results}), self.series(run), name)
            keys = {re.search(r"/target=([^/]+)-1$", result.name).group(1) for result in results}
            names = {target["name"] for target in self.document["targets"] if target["available"]}
            self.assertEqual(keys, {name.replace("/", "-") for name in names})
            self.assertTrue(all(set(result.values) <= {"ns/op", "ratio"} for result in results))

    def odd(self, change):
        document = json.loads(json.dumps(self.document))
        change(document, document["blocks"][0]["targets"][0])
        return self.write("odd.json", json.dumps(document))

    def test_numbers_that_cannot_be_are_refused(self):
        rows = {
            "cases[0].flop is too large": lambda run, _: run["cases"][0].update(flop=1e308),
            "cases[0].bytes is too small": lambda run, _: run["cases"][0].update(bytes=5e-324),
            "blocks[0].targets[0].wall_s[0] is too small": lambda _, entry: entry["wall_s"].__setitem__(0, 5e-324),
            "blocks[0].targets[0].wall_s[0] is too large": lambda _, entry: entry["wall_s"].__setitem__(0, 1e308),
            "blocks[0].targets[0].wall_s[0] is less than 1e-12 s": lambda _, entry: entry.update(loops=1 << 63),
            "blocks[0].targets[0].cpu_s[1] is too large": lambda _, entry: entry["cpu_s"].__setitem__(1, 1e308),
            "blocks[0].canary_s is too large": lambda run, _: run["blocks"][0].update(canary_s=1e300),
        }
        for said, change in rows.items():
            run = self.odd(change)
            for words in (["report", run], ["report", run, "--format", "bencher"], ["explain", run], ["history", "add", run]):
                done = self.run_m1bench(*words, code=2)
                self.assertRegex(done.stderr, r"\Am1bench: [^\n]*" + re.escape(said) + r"[^\n]*\n\Z")

    def test_the_most_that_is_taken_is_told_in_numbers(self):
        def change(run, _):
            for item in run["cases"]:
                item.update(flop=1e24, bytes=1e24)
            for number, block in enumerate(run["blocks"]):
                for entry in block["targets"]:
                    slow = (entry["target"] == run["session"]["baseline"]) == (number % 2 == 0)
                    entry["wall_s"] = [entry["loops"] * (1e9 if slow else 1e-12) for _ in entry["wall_s"]]

        run = self.odd(change)
        for name in FORMATS:
            text = re.sub(r"(?s)<(script|style)(?! type=\"application/json\").*?</\1>", "", self.report(run, name))
            self.assertNotRegex(text, r"(?i)\b(inf|infinity|nan)\b", name)
        self.assertEqual(list(rules.problems_of_github_action(json.loads(self.report(run, "github-action-benchmark")))), [])
        self.assertEqual(list(rules.problems_of_bencher(json.loads(self.report(run, "bencher")))), [])
        for words in (["report", run, "--format", "sqlite", "-o", "x.sqlite"], ["history", "add", run], ["compare", run, run]):
            self.run_m1bench(*words, code=(0, 3))

    def test_a_run_without_a_time_is_fed_to_nobody(self):
        run = self.odd(lambda document, _: document.update(blocks=[]))
        for name in ("github-action-benchmark", "bencher"):
            done = self.run_m1bench("report", run, "--format", name, "-o", "feed.json", code=2)
            self.assertRegex(done.stderr, r"\Am1bench: nothing in this run has a time[^\n]*\n\Z")
            self.assertFalse((self.folder / "feed.json").exists())

    def test_json_lines_and_csv_say_the_same(self):
        for name, run in self.each():
            lines = [json.loads(line) for line in self.report(run, "jsonl").splitlines()]
            records = list(csv.DictReader(io.StringIO(self.report(run, "csv"), newline=""), strict=True))
            self.assertEqual(len(lines), len(records), name)
            self.assertNotIn(None, records[0])
            for line, record in zip(lines, records):
                self.assertLessEqual(set(record), set(line))
                self.assertEqual(float(record["time_s"]), line["time_s"])
                self.assertEqual(record["ratio"], "" if line["ratio"] is None else f"{line['ratio']:.9g}")
                self.assertEqual((line["schema"], line["schema_version"], line["session"]),
                                 ("m1bench-line", 1, self.document["session"]["id"]))

    def test_no_field_is_a_formula_and_no_line_a_command(self):
        for format_name in ("csv", "terminal", "markdown", "junit", "benchfmt", "jsonl", "bencher", "github-action-benchmark"):
            text = self.report(self.hostile, format_name)
            for line in text.split("\n"):
                self.assertFalse(line.lstrip().startswith("::"), (format_name, line))
                if format_name in ("terminal", "csv", "markdown", "junit"):
                    self.assertNotIn("##[", line)
        for record in csv.reader(io.StringIO(self.report(self.hostile, "csv"), newline=""), strict=True):
            self.assertEqual(len(record), 22)
            for field in record:
                self.assertNotRegex(field, r"\A[=+\-@\t\r]")

    def test_junit(self):
        suite = ElementTree.fromstring(self.report(self.folder / "run", "junit")).find("testsuite")
        measured = [test for test in suite.findall("testcase") if len(test) == 0]
        self.assertEqual(len(measured), self.series(self.folder / "run"))
        self.assertTrue(all(float(test.get("time")) > 0 for test in measured))
        self.run_m1bench("run", "matmul/f32/256", "--fake-measurer", "--fake-wrong", "matmul/f32/256@x86_64-v2/native", "-o",
                         self.folder / "wrong", code=4)
        suite = ElementTree.fromstring(self.report(self.folder / "wrong", "junit")).find("testsuite")
        self.assertEqual((suite.get("failures"), suite.get("errors")), ("1", "0"))
        self.assertEqual(suite.find("testcase/failure").get("type"), "wrong answer")

    def test_a_run_of_ab_is_the_gates(self):
        tree = program.pathlib.Path(program.M1BENCH).resolve().parents[1]
        self.run_m1bench("ab", "--base", tree, "--head", tree, "matmul/f32/256", "--fake-measurer", "--inject-slowdown",
                         "head:matmul/f32/256=1.2", "-o", self.folder / "ab", code=1)
        suite = ElementTree.fromstring(self.report(self.folder / "ab", "junit")).find("testsuite")
        self.assertEqual((suite.get("name"), suite.get("failures")), ("m1bench.gate", "1"))
        names = {result.name for result in rules.go_results(self.report(self.folder / "ab", "benchfmt"))}
        self.assertEqual(names, {f"Matmul/f32/256/target=x86_64-v4-native/side={side}-1" for side in ("base", "head")})

    def test_to_a_file_or_not(self):
        run = self.folder / "run"
        shown = self.run_m1bench("report", run, "--format", "csv").stdout
        self.assertEqual(self.run_m1bench("report", run, "--format", "csv", "-o", "-").stdout, shown)
        out = self.write("out.csv", "old")
        self.assertEqual(self.run_m1bench("report", run, "--format", "csv", "--output", out).stdout, "")
        self.assertEqual(out.read_text(encoding="utf-8"), shown)
        self.assertEqual([path.name for path in self.folder.glob("out.csv*")], ["out.csv"], "no temporary file is left")

    def test_a_file_that_cannot_be_written(self):
        for out in (self.folder, self.folder / "no" / "such", "/dev/full" if os.path.exists("/dev/full") else self.folder):
            done = self.run_m1bench("report", self.folder / "run", "--format", "csv", "-o", out, code=2)
            self.assertRegex(done.stderr, r"\Am1bench: [^\n]*" + re.escape(str(out)) + r"[^\n]*\n")
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    program.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The gate on files: `m1bench compare` of the pairs in tests/data/gate, what it refuses, and what must not matter to it."""
import copy
import json
import re
import xml.etree.ElementTree as ElementTree

import program

GATE = program.ROOT / "tests" / "data" / "gate"
BASE = GATE / "base.json"

# head: the exit code against base
PAIRS = {"same_again": 0, "plus1": 0, "plus3": 0, "plus5": 3, "plus10": 1, "noisy": 3, "missing_case": 5, "tampered_hash": 4,
         "unlike_parameters": 5}


def load(name):
    return json.loads((GATE / f"{name}.json").read_text(encoding="utf-8"))


def broken_runs():
    """name: (the file's text, a part of what is said)"""
    good = BASE.read_text(encoding="utf-8")
    document = json.loads(good)

    def changed(change):
        copied = copy.deepcopy(document)
        change(copied)
        return json.dumps(copied)

    def first_slots(run):
        return run["blocks"][0]["targets"][0]["wall_s"]

    return {
        "empty": ("", "JSON"),
        "truncated": (good[: len(good) // 2], "JSON"),
        "newer": (changed(lambda run: run.update(schema_version=2)), "schema version 2"),
        "older": (changed(lambda run: run.update(schema_version=0)), "schema version 0"),
        "a duplicate case": (changed(lambda run: run["cases"].append(run["cases"][0])), "repeats"),
        "a duplicate entry": (changed(lambda run: run["blocks"][0]["targets"].append(run["blocks"][0]["targets"][0])), "repeats"),
        "a negative time": (changed(lambda run: first_slots(run).__setitem__(0, -1)), "wall_s[0]"),
        "a time that is no number": (changed(lambda run: first_slots(run).__setitem__(0, float("nan"))), "JSON"),
        "an infinite time": (changed(lambda run: first_slots(run).__setitem__(0, float("inf"))), "JSON"),
        "a time beyond any number": (good.replace('"start_s": ', '"start_s": 1e999, "x": ', 1), "JSON"),
        "a time that is null": (changed(lambda run: first_slots(run).__setitem__(0, None)), "wall_s[0]"),
        "an unknown target": (changed(lambda run: run["blocks"][0]["targets"][0].update(target="m68k/native")), "m68k/native"),
        "fewer CPU times": (changed(lambda run: run["blocks"][0]["targets"][0]["cpu_s"].pop()), "cpu_s"),
        "hostile": (changed(lambda run: run["cases"].append({"name": "\x1b]0;x\x07" * 1000})), "cases"),
        "another document": (json.dumps({"schema": "m1bench-summary"}), "schema_version"),
    }


class Compare(program.ProgramTest):
    def compare(self, base, head, *options, code=0):
        return self.run_m1bench("compare", base, head, *options, code=code, columns=132).stdout

    def changes(self, base, head, *options, code=0):
        document = json.loads(self.compare(base, head, "--format", "json", *options, code=code))
        return {(change["case"], change["target"]): change for change in document["changes"]}

    def refused(self, *words, said, code=2):
        done = self.run_m1bench("compare", *words, code=code)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, r"\Am1bench: [^\n]*\n\Z", "one sentence")
        self.assertIn(said, done.stderr)
        self.assertNotRegex(done.stderr, r"[\x00-\x09\x0b-\x1f\x7f]")

    def write_run(self, name, run):
        return self.write(name, json.dumps(run))

    def sides(self):
        """A run of `ab` made of base.json's two targets."""
        run = load("base")
        names = {run["targets"][0]["name"]: "base:x86_64-v2/native", run["targets"][1]["name"]: "head:x86_64-v2/native"}
        run["session"].update(id="sides", command="ab", baseline="base:x86_64-v2/native")
        for target in run["targets"]:
            target.update(name=names[target["name"]], side=names[target["name"]].split(":")[0], slice="x86_64-v2")
        for entry in run["verifications"] + [entry for block in run["blocks"] for entry in block["targets"]]:
            entry["target"] = names[entry["target"]]
        return self.write_run("sides.json", run)

    def test_pairs(self):
        for head, code in PAIRS.items():
            with self.subTest(head):
                self.expect(f"compare_{head}.txt", self.compare(BASE, GATE / f"{head}.json", code=code))

    def test_the_sample_in_the_readme(self):
        readme = (program.ROOT / "README.md").read_text(encoding="utf-8")
        shown = re.search(r"<!-- gate sample -->\n```text\n(.*?)```", readme, re.S).group(1)
        self.assertEqual(shown, self.compare(BASE, GATE / "plus10.json", code=1))

    def test_strict(self):
        self.expect("compare_strict.txt", self.compare(BASE, GATE / "plus5.json", "--strict", code=1))
        self.compare(BASE, GATE / "plus3.json", "--strict", code=3)

    def test_unsure_may_pass(self):
        for head in ("noisy", "plus5"):
            self.compare(BASE, GATE / f"{head}.json", "--unsure=pass")
        self.compare(BASE, GATE / "plus10.json", "--unsure=pass", code=1)
        self.compare(BASE, GATE / "missing_case.json", "--unsure=pass", code=5)

    def test_unlike_runs_can_be_forced(self):
        self.expect("compare_forced.txt", self.compare(BASE, GATE / "unlike_parameters.json", "--force"))
        self.compare(BASE, GATE / "missing_case.json", "--force", code=5)

    def test_absolute_times_decide_nothing(self):
        self.expect("compare_absolute.txt", self.compare(BASE, GATE / "plus10.json", "--absolute", code=1))

    def test_one_run_of_ab(self):
        done = self.run_m1bench("compare", self.sides(), code=1, columns=132)
        self.expect("compare_sides.txt", done.stdout)
        self.refused(BASE, said="is no run of `m1bench ab`")
        self.refused(self.sides(), BASE, said="ab", code=5)

    def test_a_run_against_itself(self):
        self.expect("compare_base.txt", self.compare(BASE, BASE))
        copied = self.write("copy/run.json", BASE.read_text(encoding="utf-8"))
        for head in (BASE, copied, copied.parent):
            for change in self.changes(BASE, head).values():
                self.assertEqual((change["change"], change["log_change"], change["decision"]), (1, 0, "ok"))

    def test_order_does_not_matter(self):
        run = load("plus10")
        want = self.changes(BASE, GATE / "plus10.json", code=1)
        for key in ("cases", "blocks", "verifications", "targets"):
            run[key].reverse()
        for block in run["blocks"]:
            block["targets"].reverse()
        reordered = self.write_run("reordered.json", dict(reversed(run.items())))
        self.assertEqual(self.changes(BASE, reordered, code=1), want)
        self.assertEqual(self.changes(GATE / "plus10.json", reordered), self.changes(reordered, reordered))

    def test_swapping_them_negates_the_change(self):
        there, back = self.changes(BASE, GATE / "plus5.json", code=3), self.changes(GATE / "plus5.json", BASE)
        for key, change in there.items():
            self.assertEqual(change["log_change"], -back[key]["log_change"])
            self.assertEqual(change["half_width"], back[key]["half_width"])

    def test_what_a_file_claims_is_not_believed(self):
        run = load("plus10")
        run["statistics"] = {"matmul/f32/256": {"ratio": 1.0, "verdict": "same"}}
        run["summary"] = {"decision": "ok"}
        for block in run["blocks"]:
            block["log_ratio"] = 0
            for entry in block["targets"]:
                entry["median_s"] = 1
        claims = self.write_run("claims.json", run)
        self.assertEqual(self.compare(BASE, claims, code=1), self.compare(BASE, GATE / "plus10.json", code=1))

    def test_two_sessions_of_one_name(self):
        run = load("plus10")
        run["session"]["id"] = "base"
        self.refused(BASE, self.write_run("forged.json", run), said="session")

    def test_broken_files(self):
        for name, (text, said) in broken_runs().items():
            with self.subTest(name):
                path = self.write("broken.json", text)
                self.refused(BASE, path, said=said)
                self.refused(path, BASE, said="broken.json")
                self.refused(path, said="broken.json")

    def test_files_that_are_none(self):
        huge = self.folder / "huge.json"
        with open(huge, "wb") as file:
            file.truncate(100 << 20)
        spaces = self.write("spaces.json", BASE.read_text(encoding="utf-8") + " " * (65 << 20))
        for name, (path, said) in {"huge": (huge, "larger than"), "padded": (spaces, "larger than"),
                                   "a folder without a run": (self.folder, "run.json"), "none": ("no/such.json", "no/such.json"),
                                   "a device": ("/dev/zero", "/dev/zero")}.items():
            with self.subTest(name):
                self.refused(BASE, path, said=said)
                self.refused(path, BASE, said=said)

    def test_command_lines(self):
        rows = {(): "runs", (BASE, BASE, BASE): "compare --help", (BASE, BASE, "--format", "junti"): "did you mean \"junit\"?",
                (BASE, BASE, "--unsure", "maybe"): "--unsure", (BASE, BASE, "--strickt"): "did you mean '--strict'?"}
        for words, said in rows.items():
            with self.subTest(words):
                self.refused(*words, said=said)

    def test_formats(self):
        pair = (BASE, GATE / "plus10.json", "--format")
        self.expect("compare_plus10.md", self.compare(*pair, "markdown", code=1))
        suite = ElementTree.fromstring(self.compare(*pair, "junit", code=1)).find("testsuite")
        self.assertEqual((suite.get("tests"), suite.get("failures"), suite.get("skipped")), ("3", "1", "0"))
        document = json.loads(self.compare(*pair, "json", code=1))
        told = [document[key] for key in ("schema", "outcome", "pairing")]
        self.assertEqual(told, ["m1bench-comparison", "regressed", "sessions"])
        self.expect("compare_plus10.json", json.dumps(document, indent=2) + "\n")
        noisy = ElementTree.fromstring(self.compare(BASE, GATE / "noisy.json", "--format", "junit", "--unsure=pass"))
        self.assertEqual((noisy.find("testsuite").get("failures"), noisy.find("testsuite").get("skipped")), ("0", "3"))


if __name__ == "__main__":
    program.main()

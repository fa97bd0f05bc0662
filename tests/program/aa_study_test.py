#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""scripts/aa-study counts what it should in runs made up for it, goes on where it stopped, and leaves nothing running."""
import contextlib
import io
import json
import os
import pathlib
import signal
import subprocess
import sys
import unittest
import unittest.mock

import program

try:
    import numpy
    import scipy  # noqa: F401
except ImportError:
    print("skipped: no NumPy or SciPy")
    sys.exit(77)

STUDY = program.ROOT / "scripts" / "aa-study"
sys.path.insert(0, str(STUDY.parent))
from study import decisions, estimates, load, report, resample, rival, runs, sitting  # noqa: E402

SLICE = "x86_64-v3/native"
SLOTS = 6


def block(case, ratio, stage=1, superseded=False):
    """A block in which head takes exp(ratio) times as long as base's millisecond a loop, in each of its slots."""
    def entry(side, loop_s):
        return {"target": f"{side}:{SLICE}", "loops": 20, "wall_s": [20 * loop_s * (1 + i / 1000) for i in range(SLOTS)]}

    entries = [entry("base", 1e-3), entry("head", 1e-3 * numpy.exp(ratio))]
    return {"case": case, "stage": stage, "superseded": superseded, "targets": entries}


def run_document(blocks, cases):
    return {"session": {"started": "2026-01-01T00:00:00Z", "ended": "2026-01-01T00:01:00Z", "stop_reason": "precision"},
            "tool": {"version": "0.0.0", "commit": "", "build_type": "Release"}, "machine": {"cpu": "made up", "logical_cpus": 2},
            "targets": [{"name": f"{side}:{SLICE}", "side": side} for side in ("base", "head")],
            "cases": [{"name": name} for name in cases], "blocks": blocks}


def wavering(center, count=12, swing=0.002):
    """`count` log-ratios around `center`; their half-width is about `swing`."""
    return [center + swing * (-1) ** i for i in range(count)]


# A stand-in for m1bench: `ab` writes the run it finds beside itself, or hangs where it is told to; `compare` repeats an answer.
FAKE = """#!{python}
import json, os, pathlib, shutil, signal, sys
notes = pathlib.Path({notes!r})
if sys.argv[1] == "compare":
    print((notes / "answer.json").read_text())
    sys.exit(0)
with open(notes / "calls", "a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
out = pathlib.Path(sys.argv[sys.argv.index("-o") + 1])
out.mkdir(parents=True, exist_ok=True)
if (notes / "hang").exists():
    (out / "run.json").write_text('{{"session": {{"ended": "", "stop_reason": ""}}}}')
    signal.signal(signal.SIGINT, lambda *_: sys.exit(130))
    (notes / "hanging").write_text(str(os.getpid()))
    signal.pause()
shutil.copy(notes / "run.json", out / "run.json")
sys.exit(3)
"""


class Statistics(unittest.TestCase):
    def test_clopper_pearson(self):
        for hits, trials, low, high in ((0, 20, 0, 0.1684), (10, 100, 0.0490, 0.1762), (17, 20, 0.6211, 0.9679),
                                        (20, 20, 0.8316, 1), (0, 0, 0, 1)):
            with self.subTest(f"{hits} of {trials}"):
                found = estimates.clopper_pearson(hits, trials)
                self.assertAlmostEqual(found[0], low, 4)
                self.assertAlmostEqual(found[1], high, 4)

    def test_trimmed_mean_and_winsorised_interval(self):
        found = estimates.estimate(numpy.array([[1, 1000, 3, 4, 5, 6, 7, 8, 9, -1000], range(1, 11)], float))
        self.assertEqual(found.theta.tolist(), [5.5, 5.5], "what is trimmed does not count")
        deviation = numpy.sqrt(42.5 / 9)  # of 3 3 3 4 5 6 7 8 8 8
        self.assertAlmostEqual(found.half_width[1], 1.12 * 2.570582 * deviation / (0.6 * numpy.sqrt(10)), 5)
        self.assertEqual(found.half_width[0], found.half_width[1])
        mirrored = estimates.estimate(-numpy.array([range(1, 11)], float))
        self.assertEqual(mirrored.theta[0], -5.5)

    def test_verdicts(self):
        rows = [("slower", 0.02, 1), ("faster", -0.02, -1), ("inside the floor", 0.004, 0), ("touches the floor", 0.006, 0)]
        for name, center, expected in rows:
            with self.subTest(name):
                self.assertEqual(report.first_verdict(runs.Series(numpy.array(wavering(center)), [], [], [])), expected)

    def test_holm(self):
        p = numpy.array([[0.01, 0.04, 0.03, 0.005]])
        numpy.testing.assert_allclose(estimates.holm(p), [[0.03, 0.06, 0.06, 0.02]])
        only = numpy.array([[True, False, True, False]])
        numpy.testing.assert_allclose(estimates.holm(p, only), [[0.02, 1, 0.03, 1]])

    def test_gate(self):
        rows = [("fine", 0.0, 0.002, 1e-3, "ok"), ("slow", 0.08, 0.002, 1e-3, "regressed"), ("wide", 0.04, 0.03, 1e-3, "unsure"),
                ("on the margin", numpy.log(1.05), 0.002, 1e-3, "unsure"), ("less than a microsecond", 0.08, 0.002, 1e-6, "ok")]
        for name, center, swing, base_loop_s, expected in rows:
            with self.subTest(name):
                estimated = estimates.estimate([wavering(center, swing=swing)])
                tests = estimates.side_by_side([estimates.gate_tests(estimated, 0.05, base_loop_s)])
                self.assertEqual(decisions.NAMES[estimates.decide(tests)[0, 0]], expected)

    def test_mann_whitney(self):
        slots = [numpy.linspace(1, 1.01, SLOTS)] * 12
        self.assertFalse(rival.slots_differ(runs.Series(None, None, slots, slots)))
        shifted = runs.Series(None, None, slots, [one + 0.005 for one in slots])
        self.assertTrue(rival.slots_differ(shifted))
        self.assertTrue(rival.blocks_differ(shifted))

    def test_one_after_the_other_is_fooled_by_drift(self):
        rng = numpy.random.default_rng(5)
        drifting = [1 + 0.01 * block + 0.001 * rng.standard_normal(24) for block in range(12)]
        same = runs.Series(None, None, drifting, drifting)
        self.assertTrue(rival.halves_differ(same))
        self.assertFalse(rival.blocks_differ(same))


class Resampling(unittest.TestCase):
    def recorded(self, center, suites=40, blocks=12):
        generator = numpy.random.default_rng(7)
        base = [numpy.full(SLOTS, 1e-3)]
        return [runs.Series(generator.normal(center, 0.01, blocks), numpy.array([]), base, base) for _ in range(suites)]

    def rates(self, center, place, margin=0.03):
        return resample.resample([self.recorded(center)] * 2, place, margin, 4000, numpy.random.default_rng(1))

    def test_identical_code(self):
        whole, one = (self.rates(0, place) for place in ("all suites", "one suite"))
        self.assertLess(whole.false_verdicts, 0.05)
        self.assertGreater(one.false_verdicts, whole.false_verdicts, "the spread counts twice")
        self.assertEqual(whole.two_stages[0], 0)

    def test_power(self):
        for place in resample.PLACES:
            self.assertGreater(min(self.rates(numpy.log(1.08), place).regressed_cases), 0.99)
        self.assertLess(self.rates(numpy.log(1.02), "all suites").two_stages[0], 0.01)

    def test_chunks_are_neighbours(self):
        rows = resample.draw_from_one([numpy.arange(12.0)], numpy.zeros(50, int), 7, numpy.random.default_rng(1))
        self.assertEqual(rows.shape, (50, 7))
        steps = numpy.diff(rows, axis=1)[:, [0, 1, 3, 4]] % 12
        self.assertTrue((steps == 1).all())

    def test_rows_come_from_the_suite_that_was_drawn(self):
        recorded = [numpy.full(12, float(suite)) for suite in range(3)]
        origins = numpy.array([2, 0, 1, 2])
        rows = resample.draw_from_one(recorded, origins, 12, numpy.random.default_rng(1))
        self.assertEqual(rows.mean(axis=1).tolist(), origins.tolist())


class Study(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.study = self.folder / "study"
        self.write("tree/bin/m1bench", FAKE.format(python=sys.executable, notes=str(self.folder)), executable=True)
        self.write("tree/libexec/m1bench/m1bench-x86_64-v3", "a slice")
        self.write_run(self.folder / "run.json", {"a": wavering(0), "b": wavering(0)})

    def write_run(self, file, ratios, second=()):
        blocks = [block(case, ratio) for case, values in ratios.items() for ratio in values]
        blocks += [block(case, ratio, stage=2) for case, values in dict(second).items() for ratio in values]
        blocks.append(block("a", 5, superseded=True))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(run_document(blocks, list(ratios))), encoding="utf-8")

    def words(self, command, *more):
        return [sys.executable, STUDY, command, *map(str, more)]

    def run_study(self, command, *more, code=0):
        done = subprocess.run(self.words(command, *more), capture_output=True, text=True, timeout=program.PATIENCE_S,
                              cwd=self.folder)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        return done

    def make_suites(self, count, *more, **options):
        return self.run_study("run", "--m1bench", self.folder / "tree", "-o", self.study, "--suites", count, "--cases", "a", "b",
                              *more, **options)

    def calls(self):
        file = self.folder / "calls"
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []

    def records(self):
        return [json.loads(line) for line in (self.study / sitting.RECORDS).read_text(encoding="utf-8").splitlines()]

    def test_what_is_run(self):
        self.make_suites(2)
        first, second = self.calls()
        base, head = self.study / "copy-a", self.study / "copy-b"
        self.assertEqual(first[:7], ["ab", "--base", str(base), "--head", str(head), "a", "b"])
        self.assertNotEqual(first[first.index("--seed") + 1], second[second.index("--seed") + 1])
        for name in ("bin/m1bench", "libexec/m1bench/m1bench-x86_64-v3"):
            self.assertEqual((base / name).read_bytes(), (head / name).read_bytes())
            self.assertEqual((base / name).stat().st_mode, (head / name).stat().st_mode)
        self.assertEqual([(record["folder"], record["load"], record["exit_code"]) for record in self.records()],
                         [("suite-01", False, 3), ("suite-02", True, 3)])
        self.assertEqual({len(record["load_before"]) for record in self.records()}, {3})

    def test_goes_on_where_it_stopped(self):
        self.make_suites(2, "--load", "none")
        (self.study / "suite-01" / "run.json").write_text('{"session": {"ended": "", "stop_reason": ""}}', encoding="utf-8")
        self.make_suites(3, "--load", "none")
        self.assertEqual([pathlib.Path(call[call.index("-o") + 1]).name for call in self.calls()],
                         ["suite-01", "suite-02", "suite-01", "suite-03"])
        self.assertTrue(sitting.is_finished(self.study / "suite-01"))
        self.make_suites(3, "--load", "none")
        self.assertEqual(len(self.calls()), 4, "nothing is left to do")
        self.assertIn("begun with other load", self.make_suites(3, "--load", "all", code=2).stderr)

    def test_an_interrupted_run_is_not_finished(self):
        document = run_document([], ["a"])
        document["session"]["stop_reason"] = "interrupted"
        self.write("suite-01/run.json", json.dumps(document))
        self.assertFalse(sitting.is_finished(self.folder / "suite-01"))

    def test_a_failing_m1bench_ends_the_study(self):
        self.write("tree/bin/m1bench", "#!/bin/sh\necho no such case >&2\nexit 2\n", executable=True)
        said = self.make_suites(5, code=2).stderr
        self.assertIn("no such case", said)
        self.assertEqual(said.count("\n"), 1)

    def test_waits_for_its_turn(self):
        script = f"#!/bin/sh\n[ -e {self.folder}/tried ] && exit 3\n: > {self.folder}/tried\necho {sitting.LOCKED} >&2\nexit 2\n"
        busy = self.write("busy", script, executable=True)
        with unittest.mock.patch.object(sitting, "LOCK_RETRY_S", 0), contextlib.redirect_stderr(io.StringIO()):
            record = sitting.measure([busy], self.folder / "log", False)
        self.assertEqual(record["exit_code"], 3)

    def test_power_injects(self):
        self.run_study("power", "--m1bench", self.folder / "tree", "-o", self.study, "--tries", 1, "--cases", "a", "b")
        self.run_study("power", "-o", self.study, "--tries", 1, "--cases", "a", "b", "--factor", 1)
        with_it, without = self.calls()
        self.assertEqual(with_it[-5:], ["--strict", "--inject-slowdown", "head:a=1.05", "--inject-slowdown", "head:b=1.05"])
        self.assertEqual(without[-1], "--strict")
        shown = self.run_study("report", self.study, "--resamples", 100).stdout
        self.assertIn("Power: 1.05 injected", shown)
        self.assertIn("Power: nothing injected", shown)

    def test_load_ends_with_its_suite(self):
        with load.busy_machine() as busy:
            self.assertEqual(len(busy), len(load.allowed_cpus()))
            self.assertTrue(all(map(program.is_running, busy)))
        self.assertFalse(any(map(program.is_running, busy)))

    def test_signals_leave_nothing_running(self):
        (self.folder / "hang").touch()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            with self.subTest(number.name):
                (self.folder / "hanging").unlink(missing_ok=True)
                words = self.words("run", "--m1bench", self.folder / "tree", "-o", self.study, "--load", "all")
                study = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, cwd=self.folder)
                self.addCleanup(study.kill)
                hanging = self.folder / "hanging"
                program.wait_until(lambda: hanging.exists() and hanging.read_text(), "a suite under way")
                children = program.children_of(study.pid)
                self.assertEqual(len(children), 1 + len(load.allowed_cpus()), "m1bench, and one busy process a CPU")
                study.send_signal(number)
                said = study.communicate(timeout=program.PATIENCE_S)[1]
                if number == signal.SIGKILL:  # m1bench would finish its suite
                    os.kill(int(hanging.read_text()), signal.SIGKILL)
                else:
                    self.assertEqual(study.returncode, 128 + number)
                    self.assertEqual(said, "aa-study: stopped; start it again to go on\n")
                program.wait_until(lambda: not any(map(program.is_running, children)), "the children's end")
                self.assertFalse(sitting.is_finished(self.study / "suite-01"))

    def test_counts(self):
        centers = [(0, 0), (0.02, 0), (-0.02, 0.02), (0, 0)]  # of a and b in each suite; the second and fourth are loaded
        for number, (a, b) in enumerate(centers, 1):
            self.write_run(self.study / f"suite-{number:02}" / "run.json", {"a": wavering(a), "b": wavering(b, 13)})
        self.write("study/plan.json", json.dumps({"load": "half"}))
        suites = runs.read_suites(self.study)
        self.assertEqual([suite.loaded for suite in suites], [False, True, False, True])
        rows = {row[0]: row[1:] for row in report.verdict_table(suites).rows}
        self.assertEqual(rows["quiet"][:2], [1, 1])
        self.assertEqual(rows["loaded"][:2], [1, 0])
        self.assertEqual(rows["all"][2], "3 of 8: 37.5 % [8.5, 75.5]")
        self.assertEqual(rows["all"][3], "2 of 4: 50.0 % [6.8, 93.2]")
        blocks = [row[2] for row in report.precision_table(suites).rows if row[1] == "all"]
        self.assertEqual(blocks, ["12 (12 to 12)", "13 (13 to 13)"])

    def test_the_second_sample_decides(self):
        for number, center in enumerate((0, 0.08), 1):
            self.write_run(self.study / f"suite-{number:02}" / "run.json", {"a": wavering(0.08), "b": wavering(0)},
                           second={"a": wavering(center, 16)})
        self.write("study/plan.json", json.dumps({"load": "none"}))
        false_alarm, confirmed = runs.read_suites(self.study)
        self.assertEqual(decisions.by_numpy(false_alarm, "default").outcome, "ok")
        self.assertEqual(decisions.by_numpy(confirmed, "default").cases, {("a", SLICE): "regressed", ("b", SLICE): "ok"})

    def test_m1bench_decides_again(self):
        self.make_suites(1, "--load", "none")
        suite, = runs.read_suites(self.study)
        program_path = self.study / "copy-a" / "bin" / "m1bench"
        self.write("answer.json", "no JSON at all")
        self.assertIsNone(decisions.by_m1bench(program_path, suite, "default"))
        own = estimates.estimate(suite.series[("a", SLICE)].ratios)
        row = {"case": "a", "target": SLICE, "decision": "ok", "log_change": float(own.theta[0]) + 1e-3,
               "half_width": float(own.half_width[0])}
        self.write("answer.json", json.dumps({"changes": [row, {"case": "b", "target": SLICE, "decision": "missing"}]}))
        decided = decisions.by_m1bench(program_path, suite, "default")
        self.assertEqual((decided.outcome, decided.cases[("a", SLICE)]), ("ok", "ok"))
        compared, largest = decisions.largest_disagreement(suite, decided)
        self.assertEqual(compared, 1)
        self.assertAlmostEqual(largest, 1e-3, 9)
        for words in ([], ["--markdown"]):
            shown = self.run_study("report", self.study, "--resamples", 200, *words).stdout
            self.assertIn("1.0e-03", shown)
            self.assertIn("0 of 2: 0.0 % [0.0, 84.2]", shown)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""scripts/compare_peers.py finds peers, refuses wrong answers, takes turns and tells what came out; with peers made up for it."""
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import types
import unittest
import unittest.mock

import program

try:
    import numpy
    import scipy  # noqa: F401
except ImportError:
    print("skipped: no NumPy or SciPy")
    sys.exit(77)

SCRIPT = program.ROOT / "scripts" / "compare_peers.py"
sys.path.insert(0, str(SCRIPT.parent))
from peers import answers, blocks, child, comparison, kinds, lock, ours, proof, report, rows  # noqa: E402

CASE = "train/regression-mlp"  # the shortest loop of all rows
HERE = {"version": "1.2", "isa": "made up"}

# Stands for the Python of a peer: `FAKE -m peers.NAME_peer`. What it is to do with each stands in a file beside it.
FAKE = """#!{python}
import json, os, pathlib, sys, time
sys.path.insert(0, os.getcwd())
import numpy
from peers.serve import Work, serve
notes = pathlib.Path({notes!r})
part = json.loads((notes / "parts.json").read_text())[sys.argv[2]]
with open(notes / "started", "a") as started:
    started.write(json.dumps([sys.argv[2], dict(os.environ)]) + "\\n")

class Losses(Work):
    def __init__(self, folder):
        self.right = numpy.load(folder + "/losses.npy")
    def loop(self):
        print("a library that talks")
        sum(range(2000))
    def answer(self, loops):
        return self.right[:loops] * part.get("factor", 1)

def hang_in(place):
    if part.get("hangs") == place:
        (notes / "hanging").write_text(str(os.getpid()))
        time.sleep(1000)

def prepare(case, folder, threads):
    hang_in("prepare")
    return Losses(folder)

def peer():
    hang_in("import")
    if "missing" in part:
        raise ImportError(part["missing"])
    return part["facts"], prepare

sys.exit(serve(peer))
"""


class Answers(unittest.TestCase):
    def test_judges(self):
        ten = numpy.arange(1, 11.0)
        edge = numpy.where(ten == 3, numpy.nan, ten)
        product = answers.Product(100)
        table = [("the same", product, ten, ""), ("rounded", product, ten * (1 + 1e-6), ""),
                 ("off", product, ten * 1.0001, "something else"), ("short", product, ten[:5], "5 numbers"),
                 ("not finite", product, edge, "not finite"), ("another shape", product, ten.reshape(2, 5), ""),
                 ("losses", answers.Losses(), ten * 1.00005, ""),
                 ("other losses", answers.Losses(), ten * 1.0002, "something else"),
                 ("integers", answers.Exact(), ten, ""), ("other integers", answers.Exact(), ten + (ten == 4), "something else"),
                 ("one step", answers.Steps(), ten + (ten == 4), ""), ("two steps", answers.Steps(), ten + 2, "something else")]
        for name, judge, theirs, wrong in table:
            with self.subTest(name):
                found = judge(ten, theirs)
                self.assertIn(wrong, found)
                self.assertEqual(bool(found), bool(wrong))

    def test_sums_that_saturate(self):
        """A library that is right with seven bits takes part, marked; one that is always wrong does not."""
        row = next(row for row in rows.ROWS if row.narrow)
        generator = numpy.random.default_rng(3)
        a, b = (generator.integers(-128, 128, (8, 8)).astype("i1") for _ in range(2))
        with tempfile.TemporaryDirectory() as folder:
            data = pathlib.Path(folder)
            for name, values in (("a", a), ("b", b), ("c", a.astype("i4") @ b.astype("i4"))):
                numpy.save(data / f"{name}.npy", values)
            for bits, error, refused, note in ((8, 0, False, ""), (7, 1, False, proof.SATURATES), (6, 1, True, "")):
                with self.subTest(f"{bits} bits"):
                    entrant = comparison.entrant_of("onednn", "python", "x86_64-v3", "held", {"path": folder, "threads": 1})
                    library = Multiplier(data, 2**(bits - 1), error)
                    proof.prove(row, entrant, library, data)
                    self.assertEqual((bool(entrant.refused), entrant.note), (refused, note))
                    self.assertEqual(library.folder, data, "what is timed is the true data")


class Multiplier:
    """A child that multiplies integers, wrongly where the second factor is beyond a limit."""

    def __init__(self, folder, limit, error):
        self.folder, self._limit, self._error = folder, limit, error

    def ask(self, verb, path, **_):
        if verb == "prepare":
            self.folder = pathlib.Path(path)
            return
        a, b = (numpy.load(self.folder / f"{name}.npy").astype("i4") for name in "ab")
        numpy.save(path, a @ b + (self._error if (abs(b) > self._limit).any() else 0))


class Schedule(unittest.TestCase):
    def test_turns_mirror_each_other(self):
        for count, passes in ((2, 24), (3, 24), (5, 7), (2, 1)):
            with self.subTest(f"{count} in {passes} passes"):
                order = blocks.turns(count, passes, random.Random(1))
                self.assertEqual([order.count(i) for i in range(count)], [passes] * count)
                for start in range(0, 2 * count * (passes // 2), 2 * count):
                    pair = order[start:start + 2 * count]
                    self.assertEqual(pair, pair[::-1])

    def test_cpus_move_on(self):
        self.assertEqual([blocks.block_cpus([0, 1, 4], 2, i) for i in range(3)], [[0, 1], [4, 0], [1, 4]])
        self.assertEqual(blocks.block_cpus([3, 5], 2, 1), [3, 5])
        self.assertEqual(blocks.block_cpus([], 2, 1), [])

    def test_slots(self):
        table = [("short", 50, 1e-4, 24, 13), ("long", 1, 0.07, 8, 1), ("longest", 1, 2, 4, 0)]
        for name, loops, loop_s, slots, warm_loops in table:
            with self.subTest(name):
                contestant = blocks.Contestant("", [], {}, {}, loops=loops, loop_s=loop_s)
                self.assertEqual((contestant.slots, contestant.warm_loops), (slots, warm_loops))


class Children(unittest.TestCase):
    def started(self, source):
        return child.Child([sys.executable, "-c", source])

    def test_deaths(self):
        hello = "import sys; print('{\"hello\": {}}', flush=True); input(); "
        table = [("cannot start", "print('{\"error\": \"no libfoo\"}')", "^no libfoo$"),
                 ("says nothing", "", "exit code 0 during start-up"),
                 ("talks nonsense", "print('hello')", "no reply"), ("a list", "print('[]')", "no reply"),
                 ("exits", hello + "print('sorry', file=sys.stderr); sys.exit(3)", "exit code 3 during run: sorry"),
                 ("is killed", hello + "import os; os.kill(os.getpid(), 9)", "killed by signal 9 during run")]
        for name, source, said in table:
            with self.subTest(name), self.assertRaisesRegex(child.ChildFailed, said):
                with self.started(source) as one:
                    one.ask("run")
        with self.assertRaisesRegex(child.ChildFailed, "No such file"):
            child.Child(["/nowhere/python"])

    def test_a_model_goes_to_the_worker_in_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            data = pathlib.Path(folder)
            self.assertNotIn("data", ours.preparation("matmul/f32/512", 1, data))
            numpy.save(data / "model.npy", numpy.frombuffer(b"packed", "u1"))
            request = ours.preparation("infer/mnist-cnn-int8", 1, data)
            self.assertEqual(pathlib.Path(request["data"]).read_bytes(), b"packed")

    def test_fields_of_a_request(self):
        echo = ("import sys, json; print('{}', flush=True)\n"
                "for line in sys.stdin: print(json.dumps({'got': json.loads(line)}), flush=True)")
        with ours.Worker([sys.executable, "-c", echo]) as worker:
            worker.settle()
            got = worker.ask("run", loops=7)["got"]
        self.assertEqual((got["verb"], got["loops"], got["threads"]), ("run", 7, 1))


def made_up(case, peer_times, own_s=1.0, count=12, without=(), **facts):
    """A comparison in which m1bench takes about own_s a loop; peer_times: name of a contestant -> seconds a loop. `without`: the
    peers that are not here."""
    row = next(row for row in rows.ROWS if row.case == case)
    pythons = {peer: "python" for peer in row.peers if peer not in without}
    made = comparison.make_comparison(row, "x86_64-v3", ["worker"], 1, pythons, pathlib.Path("data"))
    for entrant in made.entrants:
        entrant.contestant.facts = HERE | facts
    for block in range(count):
        times = {comparison.OURS: [own_s * (1 + block / 1000)] * 4}
        times |= {name: [seconds] * 4 for name, seconds in peer_times.items()}
        made.blocks.append(times)
    return made


class Results(program.ProgramTest):
    def test_the_ratio(self):
        made = made_up("matmul/f32/512", {"openblas/held": 2.0})
        middle, low, high = made.ratio("openblas/held")
        self.assertAlmostEqual(middle, 0.5 * 1.0055, 4)
        self.assertTrue(0.5 < low < middle < high < 0.51)
        self.assertIsNone(made.ratio("openblas/free"))
        made.blocks = made.blocks[:2]
        self.assertEqual(made.ratio("openblas/held")[1:], (None, None))

    def test_numbers(self):
        self.assertEqual([report.number_text(value) for value in (0.004882, 0.12345, 1.0499, 20.05)],
                         ["0.00488", "0.123", "1.050", "20.1"])
        self.assertEqual([report.time_text(value) for value in (7.22e-6, 1.5e-3, 2.0)], ["7.22 us", "1.5 ms", "2 s"])

    def test_verdicts(self):
        for name, ratio, said in (("below", (0.9, 0.85, 0.95), "met"), ("on the edge", (0.9, 0.8, 1.05), "met"),
                                  ("around", (1.0, 0.9, 1.1), "unsure"), ("above", (1.2, 1.06, 1.3), "missed"),
                                  ("no interval", (0.5, None, None), "unsure")):
            with self.subTest(name):
                self.assertEqual(report.verdict(ratio, 1.05), said)

    def test_outcomes(self):
        fast, slow = 10.0, 0.1  # a peer that is slower than m1bench, one that is faster
        table = [("against both", {"openblas/held": fast, "onednn/held": fast}, "met"),
                 ("against one", {"openblas/held": fast, "onednn/held": slow}, "missed"),
                 ("one was not measured", {"openblas/held": fast}, "incomplete"),
                 ("free does not count", {"openblas/held": fast, "onednn/held": fast, "onednn/free": slow}, "met")]
        for name, times, said in table:
            with self.subTest(name):
                self.assertEqual(report.outcome(made_up("gemm/f32/32x1000x3000", times)), said)

    def test_what_cannot_be_held_counts_as_it_comes(self):
        made = made_up("infer/mnist-cnn-int8", {"tflite/free": 2.0})
        self.assertEqual([(entrant.tier, entrant.counts) for entrant in made.entrants], [("free", True)])
        self.assertEqual(report.outcome(made), "met")

    def test_who_fails_is_out_and_the_others_go_on(self):
        made = made_up("gemm/f32/32x1000x3000", {}, count=0)
        failing = made.entrants[0].contestant

        def measure(contestants, *_):
            if failing in contestants:
                raise blocks.Lost(failing, "it died")
            return {contestant.name: [1.0] for contestant in contestants}

        with unittest.mock.patch.object(comparison, "measure_block", measure):
            made.add_block([0], random.Random(1))
        self.assertEqual(made.entrants[0].refused, "it died")
        self.assertEqual(len(made.blocks), 1)
        self.assertNotIn(failing.name, made.blocks[0])

    def test_nothing_is_measured_without_m1bench_itself(self):
        made = made_up("matmul/f32/512", {}, count=0)
        made.lose(made.own, "it died")
        made.add_block([0], random.Random(1))
        self.assertEqual((made.blocks, [line[-1] for line in report.lines(made)]), ([], ["it died"] * 2))

    def test_the_table(self):
        products = made_up("gemm/f32/32x1000x3000", {"openblas/held": 2.0, "openblas/free": 0.97, "onednn/free": 1e-3}, own_s=1.0)
        products.entrants[2].refused = "answers something else: 0.5 apart, 2e-05 allowed"
        integers = made_up("matmul/i8/1024", {"onednn/held": 1e-3, "onednn/free": 1e-4}, own_s=2e-3, isa="")
        integers.entrants[0].note = proof.SATURATES
        steps = made_up("train/mnist-mlp", {"tensorflow/held": 0.1, "tensorflow/free": 0.1}, own_s=0.07, without=["torch"])
        sitting = types.SimpleNamespace(comparisons=[products, integers, steps], unknown=["infer/mnist-cnn-int8"],
                                        missing={"torch": "No module named 'torch'"})
        with unittest.mock.patch.object(report, "circumstances", lambda *_: ["Machine: made up."]):
            self.expect("peers.txt", report.text(sitting, 12, False))
            self.expect("peers.md", report.text(sitting, 12, True))


class Script(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("fake-python", FAKE.format(python=sys.executable, notes=str(self.folder)), executable=True)

    def parts(self, **parts):
        self.write("parts.json", json.dumps({kinds.KINDS[peer].module: {"facts": HERE} | part for peer, part in parts.items()}))

    def words(self, *more):
        return [sys.executable, SCRIPT, "--m1bench", program.M1BENCH, "--cases", CASE, "--threads", "1", "--blocks", "3", "--no-lock",
                "--python", "/nowhere/python", "./fake-python", *more]

    def compare(self, *more, codes=(0, 1)):
        done = subprocess.run([str(word) for word in self.words(*more)], capture_output=True, text=True,
                              timeout=program.PATIENCE_S, cwd=self.folder)
        self.assertIn(done.returncode, codes, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        return done

    def started(self):
        return [json.loads(line) for line in (self.folder / "started").read_text(encoding="utf-8").splitlines()]

    def test_what_is_here_is_compared(self):
        self.parts(torch={}, tensorflow={"missing": "No module named 'tensorflow'"})
        shown = self.compare("-o", "out").stdout
        self.assertIn("PyTorch 1.2", shown)
        self.assertIn("Not here: TensorFlow (/nowhere/python: No such file or directory; ", shown)
        self.assertIn("No module named 'tensorflow'", shown)
        kept = json.loads((self.folder / "out" / "peers.json").read_text(encoding="utf-8"))
        made, = kept["comparisons"]
        expected = {"m1bench", *(entrant["name"] for entrant in made["peers"])}
        self.assertEqual(len(made["blocks_loop_s"]), 3)
        for block in made["blocks_loop_s"]:
            self.assertEqual(set(block), expected)
            self.assertEqual(len({len(slots) for slots in block.values()}), 1, "slots have partners")
        environments = [environment for _, environment in self.started()]
        self.assertEqual({environment["OMP_NUM_THREADS"] for environment in environments}, {"1"})
        if made["slice"].startswith("x86_64"):
            held = kinds.HOLDS["ATEN_CPU_CAPABILITY"][made["slice"]]
            self.assertIn(held, [environment.get("ATEN_CPU_CAPABILITY") for environment in environments])

    def test_a_wrong_answer_is_not_timed(self):
        self.parts(torch={"factor": 1.01}, tensorflow={"factor": 0})
        shown = self.compare(codes=(2,)).stdout
        self.assertIn("answers something else: 0.01 apart, 0.0001 allowed", shown)
        self.assertIn("1 incomplete", shown)

    def test_nobody_is_here(self):
        self.parts(torch={"missing": "none"}, tensorflow={"missing": "none"})
        self.assertIn("Nothing was compared.", self.compare(codes=(2,)).stdout)

    def test_mistakes(self):
        for words, said in ((["--cases", "nothing/*"], "no row matches"), (["--m1bench", "nowhere"], "neither a build folder"),
                            (["--slices", "z80"], "no native slice z80"), (["--threads", "100000"], "fewer --threads")):
            with self.subTest(said):
                complaint = self.compare(*words, codes=(2,)).stderr
                self.assertIn(said, complaint)
                self.assertEqual(complaint.count("\n"), 1)

    def test_a_signal_leaves_nothing_running(self):
        for place in ("prepare", "import"):
            with self.subTest(place):
                self.interrupt(place)

    def interrupt(self, place):
        self.parts(torch={"hangs": place}, tensorflow={"missing": "none"})
        hanging = self.folder / "hanging"
        hanging.unlink(missing_ok=True)
        process = subprocess.Popen([str(word) for word in self.words()], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True, cwd=self.folder)
        self.addCleanup(process.kill)
        program.wait_until(lambda: process.poll() is not None or hanging.exists() and hanging.read_text(), "a peer at work")
        process.send_signal(signal.SIGINT)
        shown, said = process.communicate(timeout=program.PATIENCE_S)
        self.assertEqual(process.returncode, 128 + signal.SIGINT)
        self.assertNotIn("Traceback", said)
        self.assertEqual("Not here: TensorFlow" in shown, place == "prepare", "what there is is shown")
        program.wait_until(lambda: not program.is_running(int(hanging.read_text())), "the peer's end")

    def test_one_measures_at_a_time(self):
        path = str(self.folder / "lock")
        with lock.alone(path), self.assertRaisesRegex(lock.StudyError, "another m1bench is measuring"):
            with lock.alone(path):
                self.fail("two at a time")
        with lock.alone(path):
            pass
        said = (program.ROOT / "src" / "platform" / "files.hpp").read_text(encoding="utf-8")
        self.assertIn(f'"{lock.PATH}"', said, "both mean the same file")

    def test_rows_are_m1benchs(self):
        missing = {row.case for row in rows.ROWS} - ours.cases(ours.program_in(pathlib.Path(program.M1BENCH)))
        self.assertLessEqual(missing, {"infer/mnist-cnn-int8"})
        self.assertLessEqual({peer for row in rows.ROWS for peer in row.peers}, set(kinds.KINDS))


if __name__ == "__main__":
    program.main()

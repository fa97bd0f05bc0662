#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`m1bench profile`: its tables and documents with the fake measurer, and all of it for real on small cases."""
import json
import math
import sys

import program

SLICE = program.native_slice()
NATIVE = f"{SLICE}/native"
COPY = f"{SLICE}/copy"
NANOSECOND_US = 1e-3


def problems_of_trace(trace):
    """What the Trace Event Format asks of the events that m1bench writes, as the readers of it rely on."""
    named, seen, stacks = set(), set(), {}
    for event in trace["traceEvents"]:
        kind, place = event.get("ph"), (event.get("pid"), event.get("tid"))
        if kind not in ("X", "C", "M"):
            yield f"{kind} is no kind of event that is written"
        if not isinstance(event.get("name"), str) or not event["name"] or not all(type(number) is int for number in place):
            yield f"no name or place: {event}"
        if not isinstance(event.get("ts"), (int, float)) or not math.isfinite(event["ts"]) or event["ts"] < 0:
            yield f"no time: {event}"
        if kind == "M":
            named.add((event["name"], event["pid"]) if event["name"] != "thread_name" else (event["name"], *place))
            if not event["args"].get("name") and event["name"] != "process_sort_index":
                yield f"metadata without a name: {event}"
        if kind == "C":
            seen.add((event["pid"], 0))
            if not event["args"] or not all(type(value) in (int, float) and value >= 0 for value in event["args"].values()):
                yield f"a counter that counts nothing: {event}"
        if kind == "X":
            seen.add(place)
            if not isinstance(event.get("dur"), (int, float)) or event["dur"] < 0:
                yield f"lasts no time: {event}"
            yield from problems_of_nesting(event, stacks.setdefault(place, []))
    for process, thread in seen:
        if ("process_name", process) not in named or ("thread_name", process, thread) not in named:
            yield f"nobody says what thread {thread} of {process} is"


def problems_of_nesting(event, stack):
    """Events of a thread are in order of their begin; each lies within the last one that has not ended, or after it."""
    end = event["ts"] + event["dur"]
    while stack and stack[-1][1] <= event["ts"] + NANOSECOND_US / 2:
        stack.pop()
    if stack and end > stack[-1][1] + NANOSECOND_US / 2:
        yield f"{event['name']} outlasts {stack[-1][0]}, in which it begins"
    stack.append((event["name"], end))


class Profile(program.ProgramTest):
    def profile(self, case, *words, code=0):
        done = self.run_m1bench("profile", case, "-o", self.folder / "out", "--color", "never", "--no-lock", *words, code=code)
        self.documents = {path.name: path.read_text(encoding="utf-8") for path in (self.folder / "out").iterdir()}
        self.assertEqual(set(self.documents), {"profile.json", "profile.md", "trace.json"})
        self.trace = json.loads(self.documents["trace.json"])
        self.assertEqual(list(problems_of_trace(self.trace)), [])
        self.document = json.loads(self.documents["profile.json"])
        self.validate(self.document)
        return done.stdout

    def validate(self, document):
        try:
            import jsonschema
        except ImportError:
            return
        schema = json.loads((program.ROOT / "docs" / "profile.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(document)

    def events(self, kind):
        return [event for event in self.trace["traceEvents"] if event["ph"] == kind]

    def fake(self, *words, **more):
        return self.profile("train/mnist-mlp", "--fake-measurer", "--seed", 7, *words, **more)

    def test_fake(self):
        self.expect("profile.txt", self.fake())
        self.expect("profile.md", self.documents["profile.md"])
        self.expect("profile.json", self.documents["profile.json"])
        self.expect("profile_trace.json", self.documents["trace.json"])

    def test_what_a_killed_session_leaves_is_no_profile(self):
        out = self.folder / "out"
        out.mkdir()
        (out / "profile.json").touch()
        self.fake("--quick")
        self.assertIn("already holds a profile", self.run_m1bench(
            "profile", "train/mnist-mlp", "--fake-measurer", "--quick", "-o", out, code=2).stderr)

    def test_a_narrow_terminal(self):
        words = ["profile", "train/mnist-mlp", "--fake-measurer", "--quick", "-o", self.folder / "out", "--color", "never"]
        wide, narrow = (self.run_m1bench(*words, "--force", columns=columns).stdout for columns in (200, 100))
        self.assertIn("baseline bound %", wide)
        self.assertNotIn("baseline bound %", narrow)

    def test_a_wrong_answer_is_not_profiled(self):
        said = self.fake("--fake-wrong", "train/mnist-mlp@x86_64-v2/native", "--targets", "x86_64-v4/native,x86_64-v2/native", code=4)
        self.assertIn("not profiled on x86_64-v2/native: wrong answer", said)
        self.assertEqual([row["target"] for row in self.document["targets"]], ["x86_64-v4/native"])

    def test_a_timeline_has_as_many_loops_as_asked(self):
        self.fake("--quick", "--steps", 5)
        for process in {event["pid"] for event in self.events("X")}:
            loops = [event for event in self.events("X") if event["pid"] == process and event["cat"] == "loop"]
            self.assertEqual(len(loops), 5)

    def check_operations(self, operations):
        """Of a real profile: the parts are the loop, and the timeline has them."""
        self.assertEqual([row["name"] for row in self.document["operations"]][:-1], operations)
        for target in self.document["targets"]:
            rows = target["operations"]
            self.assertAlmostEqual(sum(row["share"] for row in rows), 1, delta=1e-6)
            self.assertTrue(all(row["time_s"] >= 0 for row in rows))
            self.assertGreater(target["max_rss_bytes"], 1 << 20)
            self.assertEqual(sorted(target["order"]), list(range(len(rows))))
        for process in (1, 2):
            own = [event for event in self.events("X") if event["pid"] == process and event["tid"] == 0]
            self.assertEqual(sum(event["cat"] == "loop" for event in own), 3)

    def test_a_network_for_real(self):
        self.profile("train/regression-mlp", "--quick", "--translator", f"copy:{SLICE}=env", "--targets", f"{NATIVE},{COPY}")
        layers = ["dense_0", "relu_1", "dense_2"]
        self.check_operations(["batch", *layers, "loss", *reversed(layers), "dense_0", "dense_2"])
        self.assertEqual(sum(row["flop"] for row in self.document["operations"]), 4 * 32 * 1000 + 6 * 32 * 10)
        self.assertEqual(self.document["targets"][1]["operations"][1]["ratio"]["blocks"], 5)
        for target in self.document["targets"]:
            self.assertLess(target["allocated_bytes"], 1024, "steady training takes no memory but for the odd list")
            self.assertIsNotNone(target["operations"][1]["share_of_bound"])

    def test_a_model_for_real(self):
        self.profile("infer/mnist-cnn-int8", "--quick", "--translator", f"copy:{SLICE}=env", "--targets", f"{NATIVE},{COPY}")
        self.check_operations([row["name"] for row in self.document["operations"]][:-1])
        self.assertEqual(self.document["operations"][0]["name"], "CONV_2D 0 + MAX_POOL_2D 1")
        self.assertEqual(sum(row["flop"] for row in self.document["operations"]), 497536)
        for target in self.document["targets"]:
            self.assertEqual(target["allocations"], 0)

    def test_threads_and_allocations_for_real(self):
        self.profile("memory/fresh", "--quick", "--threads", 2, "--targets", NATIVE)
        (target,) = self.document["targets"]
        self.assertGreater(target["allocations"], 10)
        self.assertGreaterEqual(target["allocated_bytes"], target["temporary_bytes"])
        counts = [event["args"]["bytes"] for event in self.events("C") if event["name"] == "allocated"]
        self.assertEqual(counts, sorted(counts))
        self.assertGreater(counts[-1], 0)
        self.assertTrue(any(event["tid"] == 1 for event in self.events("X")), "threads of the team are in the timeline")

    def test_a_kernel_is_one_operation(self):
        self.profile("matmul/f32/64", "--quick", "--targets", NATIVE)
        self.assertEqual([row["name"] for row in self.document["operations"]], ["matmul", "other"])

    def test_refusals(self):
        rows = {
            "several cases": (["profile", "train/*"], "matches 4 cases"),
            "no such case": (["profile", "train/mnist-mpl"], "did you mean 'train/mnist-mlp'?"),
            "launches": (["profile", "startup/noop"], "has nothing in it that could be profiled"),
            "no model": (["profile", "infer/tflite"], "--model FILE.tflite"),
            "no steps": (["profile", "train/mnist-mlp", "--steps", 0], "--steps"),
        }
        for name, (words, sentence) in rows.items():
            with self.subTest(name):
                done = self.run_m1bench(*words, "--fake-measurer", code=2)
                self.assertIn(sentence, done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1)

    def test_a_profile_is_not_replaced_unasked(self):
        self.fake("--quick")
        done = self.run_m1bench("profile", "train/mnist-mlp", "--fake-measurer", "-o", self.folder / "out", code=2)
        self.assertIn("already holds a profile", done.stderr)
        self.fake("--quick", "--force")


if __name__ == "__main__":
    sys.exit(program.main())

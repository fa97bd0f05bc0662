#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every way in which a worker can die or lie is a row of the report with its cause and remedy; the other targets go on.

Each translator here is a script that gets the worker's file and `worker` as arguments, and does something else with them.
"""
import json
import sys

import program

CASE = "matmul/f32/64"
SLICE = program.native_slice()
NATIVE, EVIL = f"{SLICE}/native", f"{SLICE}/evil"

# Runs the real worker and hands lines to and fro; `request` and `reply` may change one or end everything.
RELAY = f"""#!{sys.executable}
import json, os, signal, subprocess, sys
worker = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
seen = 0
def request(message): pass
def reply(message): pass
BODY
hello = json.loads(worker.stdout.readline())
reply(hello)
print(json.dumps(hello), flush=True)
for line in sys.stdin:
    message = json.loads(line)
    seen += 1
    request(message)
    worker.stdin.write((json.dumps(message) + "\\n").encode())
    worker.stdin.flush()
    line = worker.stdout.readline()
    if not line:
        break
    answer = json.loads(line)
    answer["verb"] = message["verb"]
    path = message.get("path")
    reply(answer)
    answer.pop("verb")
    print(json.dumps(answer), flush=True)
"""


def relay(body):
    return RELAY.replace("BODY", body)


class Death(program.ProgramTest):
    def run_with(self, script, *words, code=6):
        """One run of a good target and of one under `script`; returns what was recorded of the evil one: (cause, remedy)."""
        path = self.write("evil", script, executable=True) if script else self.folder / "evil"
        out = self.folder / "out"
        done = self.run_m1bench("run", CASE, "--quick", "--no-lock", "--targets", f"{NATIVE},{EVIL}", "--translator",
                                f"evil:{SLICE}={path}", "-o", out, *words, code=code)
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
        native = [entry for block in run["blocks"] for entry in block["targets"] if entry["target"] == NATIVE]
        self.assertEqual(len(native), 5, "the other target went on")
        rows = [row for row in run["targets"] if row["name"] == EVIL and not row["available"]]
        later = run["verifications"] + run["failures"]
        rows += [row for row in later if row["target"] == EVIL and row.get("status") != "right"]
        self.assertEqual(len(rows), 1, rows)
        for text in (done.stdout, (out / "report.md").read_text(encoding="utf-8")):
            self.assertIn("evil", text)
            self.assertNotIn("\x1b", text)
        flat = " ".join(done.stdout.split())
        cause = rows[0]["cause"].removeprefix("wrong answer: ")  # which heads a list of its own
        self.assertIn(" ".join(cause.split())[:30], flat, "the report shows the cause")
        return rows[0]["cause"], rows[0]["remedy"]

    def test_before_it_greets(self):
        rows = {
            "not existing": (None, "was not found", "correct its path"),
            "an interpreter that is missing": ("#!/no/such/interpreter\n", "was not found", "correct its path"),
            "no executable": ("\0\0\0\0", "is no program", "rebuild"),
            "exits at once": ("#!/bin/sh\necho no such luck >&2\nexit 3\n",
                              "ended with exit code 3 during start-up (it said: no such luck)", "by hand"),
            "exits well at once": ("#!/bin/sh\nexit 0\n", "ended with exit code 0 during start-up", "by hand"),
            "killed": ("#!/bin/sh\nkill -KILL $$\n", "killed by SIGKILL during start-up", "memory"),
            "an instruction that is not there": ("#!/bin/sh\nkill -ILL $$\n", "killed by SIGILL during start-up", "lower tier"),
            "a crash": ("#!/bin/sh\nkill -SEGV $$\n", "killed by SIGSEGV during start-up", "report"),
            "a shell's child that crashed": ("#!/bin/sh\nexit 139\n", "killed by SIGSEGV during start-up", "report"),
            "5 KB of garbage": ("#!/bin/sh\nhead -c 5000 /dev/zero | tr '\\0' x\nexit 1\n", "ended with exit code 1", "by hand"),
            "5 KB of garbage in lines": ("#!/bin/sh\nyes 'garbage \x1b[31m' | head -c 5000\n",
                                         "not an answer during start-up: 'garbage  [31m", "standard output"),
            "two MB without a newline": ("#!/bin/sh\nhead -c 2000000 /dev/zero | tr '\\0' x\n",
                                         "not an answer during start-up", "standard output"),
        }
        for name, (script, cause, remedy) in rows.items():
            with self.subTest(name):
                got = self.run_with(script, "--force")
                self.assertIn(cause, got[0])
                self.assertIn(remedy, got[1])

    def test_hangs(self):
        hang = "exec python3 -c 'import signal; signal.pause()'"
        for name, script in {"silently": f"#!/bin/sh\n{hang}\n", "after garbage": f"#!/bin/sh\necho garbage\n{hang}\n"}.items():
            with self.subTest(name):
                cause, remedy = self.run_with(script, "--force", "--case-timeout", "5s")
                self.assertIn("no answer to start-up within 5", cause)
                self.assertIn("--case-timeout", remedy)

    def test_is_not_what_was_asked_for(self):
        rows = {
            "another tier": ("hello['hello']['slice'] = 'x86_64-v3'", f"asked for the slice {SLICE}, but x86_64-v3 answered"),
            "another build": ("hello['hello']['build_id'] = 'ffff'", "is of another build (ffff, not "),
            "another protocol": ("hello['hello']['protocol'] = 99", "speaks protocol 99"),
            "a name of a megabyte": ("hello['hello']['slice'] = 'x' * 900000", "but xxx"),
        }
        for name, (change, cause) in rows.items():
            with self.subTest(name):
                got = self.run_with(relay(f"def reply(hello):\n    if hello.get('hello'): {change}"), "--force")
                self.assertIn(cause, got[0])
                self.assertLess(len(got[0]), 300)
                self.assertTrue(got[1])

    def test_chatter_before_the_greeting_is_a_note(self):
        script = self.write("evil", "#!/bin/sh\necho 'Emulator 1.0, at your service'\nexec \"$@\"\n", executable=True)
        out = self.folder / "out"
        self.run_m1bench("run", CASE, "--quick", "--no-lock", "--targets", f"{NATIVE},{EVIL}", "--translator",
                         f"evil:{SLICE}={script}", "-o", out)
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
        self.assertEqual([target["hello"]["note"] for target in run["targets"]], ["", "Emulator 1.0, at your service\n"])

    def test_dies_at_work(self):
        die = "os.kill(worker.pid, signal.SIGKILL); os.kill(os.getpid(), signal.{})"
        rows = {
            "preparing": ("SIGKILL", "message['verb'] == 'prepare'", "killed by SIGKILL during `prepare`"),
            "being verified": ("SIGILL", "message['verb'] == 'verify'", "killed by SIGILL during `verify`"),
            "at its third request": ("SIGSEGV", "seen == 3", "killed by SIGSEGV during `run`"),
        }
        for name, (signal_name, when, cause) in rows.items():
            with self.subTest(name):
                script = relay(f"def request(message):\n    if {when}: {die.format(signal_name)}")
                self.assertIn(cause, self.run_with(script, "--force")[0])

    def test_reports_an_error(self):
        error = "'out of memory\\x1b[31m' + 'y' * 100000"
        cause, _ = self.run_with(relay(f"def reply(answer):\n    if answer.get('verb') == 'verify': answer['error'] = {error}"))
        self.assertTrue(cause.startswith("out of memory [31myyy"), cause[:100])
        self.assertLess(len(cause), 400)

    def test_answers_in_a_way_nobody_asked_for(self):
        rows = {
            "no JSON": ("print('what?', flush=True)", "not an answer during `verify`: 'what?'"),
            "a type nobody knows": ("answer['dtype'] = 'f99'", "unknown type 'f99'"),
            "more elements than it wrote": ("answer['elements'] += 1", "bytes where"),
            "elements without end": ("answer['elements'] = 1 << 60", "claims an answer of"),
        }
        for name, (change, cause) in rows.items():
            with self.subTest(name):
                script = relay(f"def reply(answer):\n    if answer.get('verb') == 'verify': {change}")
                self.assertIn(cause, self.run_with(script, "--force")[0])

    def test_wrong_answers(self):
        infinity = "with open(path, 'r+b') as file: file.write(b'\\x00\\x00\\x80\\x7f')"
        corrupt = f"def reply(answer):\n    if answer.get('verb') == 'verify':\n        {infinity}"
        cause, remedy = self.run_with(relay(corrupt), code=4)
        self.assertIn("element 0 is inf", cause)
        self.assertIn("do not trust", remedy)

    def test_other_inputs(self):
        change = "def reply(answer):\n    if answer.get('verb') == 'prepare': answer['input_checksum'] = '0' * 16"
        self.assertIn("its inputs differ", self.run_with(relay(change), code=4)[0])

    def test_an_answer_that_changes_later(self):
        when = "answer.get('verb') == 'run' and answer['output_checksum']"
        cause, _ = self.run_with(relay(f"def reply(answer):\n    if {when}: answer['output_checksum'] = '0' * 16"), code=4)
        self.assertIn("wrong answer: its output changed", cause)

    def test_nothing_but_the_baseline(self):
        done = self.run_m1bench("run", CASE, "--quick", "--no-lock", "--targets", NATIVE, "-o", self.folder / "out", code=6)
        self.assertIn(CASE, done.stdout)

    def test_nobody_can_run(self):
        done = self.run_m1bench("run", CASE, "--no-lock", "--targets", EVIL, "--translator", f"evil:{SLICE}=/no/such",
                                "-o", self.folder / "out", code=6)
        self.assertIn(f"no target can run here: {EVIL}: /no/such was not found", done.stderr)

    def test_train_says_so_and_goes_on(self):
        self.write("evil", "#!/bin/sh\nexit 3\n", executable=True)
        done = self.run_m1bench("train", "train/regression-mlp", "--epochs", 1, "--no-lock", "--targets", f"{NATIVE},{EVIL}",
                                "--translator", f"evil:{SLICE}={self.folder}/evil", code=6)
        self.assertIn("ended with exit code 3", done.stderr)
        self.assertIn(NATIVE, done.stdout)

    def test_list_targets_shows_why(self):
        self.write("evil", "#!/bin/sh\nexit 3\n", executable=True)
        done = self.run_m1bench("list", "targets", "--translator", f"evil:{SLICE}={self.folder}/evil")
        self.assertRegex(done.stdout, EVIL + r" +not available: ended with exit code 3")


if __name__ == "__main__":
    sys.exit(program.main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""m1bench exec: programs of the user's own. Made-up ones for what is printed, small real ones for what may go wrong."""
import json
import os
import pathlib
import signal
import sys
import unittest

import program

CHILD = pathlib.Path(os.environ.get("M1BENCH_BUILD_DIR", "")) / "tests" / "children" / "child"


class Exec(program.ProgramTest):
    def exec(self, *words, **options):
        return self.run_m1bench("exec", "-o", self.folder / "run", "--color", "never", *words, **options)

    def quick(self, native, translated, *words, **options):
        """A real run of two command lines, as short as can be."""
        return self.exec("--quick", "--no-lock", "--warmup", 0, "--native", native, "--translated", translated, *words, **options)

    def pair(self, native, translated, *words, **options):
        return self.exec("--fake-measurer", *(() if "--seed" in words else ("--seed", 7)), "--native", native, "--translated", translated, *words, **options)

    def kept(self):
        return json.loads((self.folder / "run" / "run.json").read_text(encoding="utf-8"))

    # what is printed

    def test_two_command_lines(self):
        self.expect("exec.txt", self.pair("./prog 50", "qemu-aarch64 ./prog-arm64 50").stdout)
        self.expect("exec.md", (self.folder / "run" / "report.md").read_text(encoding="utf-8"))
        run = self.kept()
        self.assertEqual(run["session"]["command"], "exec")
        self.assertEqual([check["status"] for check in run["verifications"]], ["right", "right"])
        self.assertEqual(run["targets"][1]["command"], ["qemu-aarch64", "./prog-arm64", "50"])
        for format in ("csv", "json", "gbench"):
            target = ("--target", "native") if format == "gbench" else ()
            self.assertIn("exec/prog", self.run_m1bench("report", self.folder / "run", "--format", format, *target).stdout)

    def test_a_scan(self):
        words = ["--parameter", "N=1,100", "--parameter", "mode=fast,slow", "--quick", "--control"]
        self.expect("exec_scan.txt", self.pair("./prog {N} {mode}", "qemu-aarch64 ./prog {N} {mode}", *words).stdout)
        self.assertEqual([case["parameters"] for case in self.kept()["cases"]][1], {"N": "1", "mode": "slow"})

    def test_several_targets(self):
        done = self.pair("./prog", "fast=other ./prog", "--translated", "slow=qemu-x ./prog", "--baseline", "fast")
        self.assertIn("native and slow against fast", done.stdout)

    def test_a_program_alone(self):
        done = self.exec("--fake-measurer", "--", "./prog", "--quick", "-o")
        self.assertIn("x86_64/qemu-user against x86_64/native", done.stdout)
        self.assertEqual(self.kept()["targets"][0]["command"], ["./prog", "--quick", "-o"])

    def test_a_google_benchmark_program(self):
        self.expect("exec_gbench.txt", self.pair("./prog", "qemu-aarch64 ./prog", "--gbench", "--seed", 9).stdout)

    def test_another_answer(self):
        self.expect("exec_wrong.txt", self.pair("./prog", "qemu-aarch64 ./prog wrong", code=4).stdout)

    def test_a_failure(self):
        self.expect("exec_failed.txt", self.pair("./prog", "qemu-aarch64 ./prog fail", code=6).stdout)
        self.exec("--force", "--fake-measurer", "--native", "./prog fail", "--translated", "q ./prog fail", "--ignore-failure")

    def test_a_dry_run(self):
        done = self.pair("./prog '{a b}' {N}", "q ./prog {N}", "--parameter", "N=1..2", "--prepare", "rm -f x{N}", "--dry-run")
        self.expect("exec_dry_run.txt", done.stdout)

    def test_help(self):
        self.expect("help_exec.txt", self.run_m1bench("exec", "--help").stdout)

    def test_runs_compare_and_name_what_differs(self):
        self.pair("./prog {N}", "q ./prog {N}", "--parameter", "N=1,2")
        done = self.run_m1bench("compare", self.folder / "run", self.folder / "run")
        self.assertIn("exec/prog/N=1", done.stdout)
        self.run_m1bench("exec", "--fake-measurer", "-o", self.folder / "other", "--seed", 7, "--parameter", "N=1,2",
                         "--native", "./prog {N} more", "--translated", "q ./prog {N}")
        refused = self.run_m1bench("compare", self.folder / "run", self.folder / "other", code=5)
        self.assertIn("./prog '{N}' more", refused.stdout + refused.stderr)

    def test_names_of_values_that_are_no_text(self):
        values = os.fsdecode(b"N=\xff,\xfe,\\xFF")
        self.quick("echo {N}", "env echo {N}", "--parameter", values)
        run = self.folder / "run"
        names = [case["name"] for case in self.kept()["cases"]]
        self.assertEqual(names, ["exec/echo/N=" + value for value in (r"\xFF", r"\xFE", r"\\xFF")])
        self.assertIn(r"exec/echo/N=\xFE", self.run_m1bench("report", run).stdout)
        self.run_m1bench("history", "add", run / "run.json", "--db", self.folder / "history.sqlite")

    def test_another_preparation_is_other_work(self):
        words = ("--native", "./prog {N}", "--translated", "q ./prog {N}", "--parameter", "N=1,2")
        for name, more in (("run", ("--prepare", "make {N}")), ("same", ("--prepare", "make {N}")),
                           ("other", ("--prepare", "make clean")), ("none", ())):
            self.run_m1bench("exec", "--fake-measurer", "-o", self.folder / name, "--seed", 7, *words, *more)
            path = self.folder / name / "run.json"
            run = json.loads(path.read_text())
            run["session"]["id"] = name
            path.write_text(json.dumps(run))
        self.assertEqual(self.kept()["cases"][0]["parameters"], {"--prepare": "make {N}", "N": "1"})
        self.run_m1bench("compare", self.folder / "run", self.folder / "same")
        for name, said in (("other", "make clean"), ("none", "none")):
            refused = self.run_m1bench("compare", self.folder / "run", self.folder / name, code=5)
            text = " ".join((refused.stdout + refused.stderr).split())
            self.assertIn("--prepare", text)
            self.assertIn(said, text)

    def test_a_budget_that_ends_before_all_is_checked(self):
        done = self.exec("--fake-measurer", "--native", "./prog {N}", "--translated", "q ./prog {N}", "--parameter", "N=1000..1020",
                         "--time-budget", "3s")
        self.assertIn("the time budget was used up before its turn", " ".join(done.stdout.split()))
        statuses = [check["status"] for check in self.kept()["verifications"]]
        self.assertEqual(len(statuses), 42)
        self.assertIn("skipped", statuses)
        blocks = self.kept()["blocks"]
        self.assertGreaterEqual(len(blocks), 1)
        last = blocks[-1]
        self.assertLess(last["start_s"] + sum(sum(entry["wall_s"]) for entry in last["targets"]), 3)

    def test_an_interpreter_that_is_missing(self):
        script = self.write("prog", "#!/nonexistent/python3\n", executable=True)
        done = " ".join(self.quick("true", script, code=6).stdout.split())
        self.assertIn("its interpreter /nonexistent/python3 is missing", done)

    def test_explain_asks_for_nothing_that_cannot_be_run(self):
        self.pair("./prog 50", "qemu-aarch64 ./prog-arm64 50")
        self.assertNotIn("m1bench profile", self.run_m1bench("explain", self.folder / "run").stdout)

    def test_a_run_of_fast_programs_can_be_read_back(self):
        self.quick("printf a", "env printf a", "--threads", 1)
        run = self.folder / "run"
        for kind, seconds in self.kept()["session"]["time_spent_s"].items():
            self.assertGreaterEqual(seconds, 0, kind)
        self.assertIn("exec/printf", self.run_m1bench("report", run).stdout)
        self.assertIn("exec/printf", self.run_m1bench("compare", run, run).stdout)
        self.run_m1bench("history", "add", run / "run.json", "--db", self.folder / "history.sqlite")

    # what is refused

    def test_options_that_do_not_fit(self):
        for words, said in ((("--native", "true"), "add --translated CMD"),
                            ((), "say what to run"),
                            (("--native", "a", "--translated", "b", "--", "c"), "either a program behind"),
                            (("--native", "a 'b", "--translated", "b"), "quote"),
                            (("--native", "a", "--translated", "b", "--parameter", "N=1"), "no {N} in any command line"),
                            (("--native", "a", "--translated", "b", "--parameter", "N"), "expected NAME=a,b,c"),
                            (("--native", "a {N}", "--translated", "b", "--parameter", "N=1", "--gbench"), "leave out one of the two"),
                            (("--native", "a {N}", "--translated", "b", "--parameter", "N=1..1e9"), "'1..1e9' is no range"),
                            (("--native", "a {N}", "--translated", "b", "--parameter", "N=1,,2"), "a value is empty"),
                            (("--native", "a", "--translated", "b", "--threads", "0"), "--threads"),
                            (("--native", "a", "--translated", "b", "--baseline", "natve"), "did you mean 'native'"),
                            (("--native", "a", "--translated", "b", "--input", "absent"), "absent"),
                            (("--translated", "b"), "--native")):
            self.assertIn(said, self.exec(*words, code=2).stderr)

    def test_a_program_with_one_way_to_run(self):
        self.write("script", "#!/bin/sh\n", executable=True)
        self.assertIn("is a script", self.exec("--", "./script", code=2).stderr)
        self.assertIn("./absent was not found", self.exec("--", "./absent", code=6).stderr)
        self.assertIn("was not found in PATH", self.exec("--", "m1bench-absent", code=6).stderr)
        self.write("hello.c", "int main() { return 0; }\n")
        self.assertIn("./hello.c may not be executed", self.exec("--", "./hello.c", code=6).stderr)
        self.assertIn("./ is a folder", self.exec("--", "./", code=6).stderr)

    def test_a_fifo_as_input(self):
        os.mkfifo(self.folder / "fifo")
        done = self.exec("--native", "cat", "--translated", "cat", "--input", "fifo", code=2)
        self.assertIn("--input fifo is neither a regular file nor a device", done.stderr)
        self.quick("true", "env true", "--input", "/dev/zero")

    def test_a_place_that_nothing_fills(self):
        done = self.pair("./prog {N} {K}", "q ./prog '{a b}'", "--parameter", "N=1", "--dry-run")
        self.assertEqual(done.stderr, "m1bench: {K} is left as it is, for there is no --parameter K\n")

    # what programs do

    def test_real_programs_are_measured(self):
        done = self.quick("printf a", "env printf a", "--threads", 1)
        self.assertIn("exec/printf", done.stdout)
        run = self.kept()
        self.assertEqual(len(run["blocks"]), 5)
        for block in run["blocks"]:
            for entry in block["targets"]:
                self.assertTrue(all(wall > 0 for wall in entry["wall_s"]))
        self.assertGreater(run["session"]["spawn_s"], 0)
        for target in run["targets"]:
            self.assertRegex(target["sha256"], "^[0-9a-f]{64}$", "tells builds of a program apart")
        self.assertNotIn("slice-not-proven", [warning["code"] for warning in run["warnings"]])

    def test_preparation_input_and_environment(self):
        self.write("in.txt", "from the file")
        done = self.quick("sh -c 'cat prepared - && test \"$WHO\" = me'", "sh -c 'cat prepared; cat; test \"$WHO\" = me'", "--input",
                          "in.txt", "--prepare", "printf x > prepared", "--env", "native:WHO=me", "--env", "translated:WHO=me")
        self.assertIn("takes", done.stdout)
        checks = self.kept()["verifications"]
        self.assertEqual(checks[0]["output_checksum"], checks[1]["output_checksum"])
        self.assertNotEqual(checks[0]["input_checksum"], "")

    def test_a_preparation_that_fails(self):
        self.assertIn("the command of --prepare: ended with exit code 1", self.quick("true", "true", "--prepare", "exit 1", code=6).stdout)

    def test_outputs_that_differ(self):
        done = self.quick("printf 'a\\nb\\n'", "printf 'a\\nc\\n'", code=4)
        self.assertIn("what it prints differs from native in line 2 (byte 3): 'c', not 'b'", done.stdout)
        self.quick("printf a", "printf b", "--ignore-output", "--force")
        done = self.quick("printf 'a\\001b'", "printf 'a\\002b'", "--force", code=4)
        self.assertIn(r"'a\x02b', not 'a\x01b'", done.stdout)

    def test_exit_codes_count_where_nothing_else_does(self):
        done = self.quick("true", "false", "--ignore-output", "--ignore-failure", code=4)
        self.assertIn("ends with exit code 1, and native with 0", " ".join(done.stdout.split()))
        self.quick("sh -c 'echo $$; exit 3'", "sh -c 'echo $$; exit 3'", "--ignore-output", "--ignore-failure", "--force")

    def test_a_program_that_never_prints_the_same(self):
        done = self.quick("sh -c 'echo $$'", "sh -c 'echo $$'", code=4)
        self.assertIn("native itself does not print the same twice", done.stdout)
        self.assertIn("--ignore-output", done.stdout)
        self.assertNotIn("translator at fault", done.stdout)

    def test_a_program_that_changes_its_mind(self):
        script = "sh -c 'test -e seen4 && echo b || echo a; for i in 4 3 2 1; do test -e seen$((i-1)) && touch seen$i; done; touch seen0'"
        said = " ".join(self.quick(script, "echo a", code=4).stdout.split())
        self.assertRegex(said, "wrong answer: exec/sh on native what it prints changed (between two executions|after it was checked)")

    def test_programs_that_fail(self):
        for translated, said in (("false", "ended with exit code 1"),
                                 ("sh -c 'kill -SEGV $$'", "killed by SIGSEGV"),
                                 ("./absent", "could not start ./absent: No such file or directory"),
                                 ("sh -c 'echo too bad >&2; exit 9'", "exit code 9 (it said: too bad)")):
            done = self.quick("true", translated, "--force", code=6)
            self.assertIn(said, " ".join(done.stdout.split()))
        self.quick("false", "false", "--ignore-failure", "--force")
        self.assertIn("ends with exit code 1", self.quick("true", "false", "--ignore-failure", "--force", code=4).stdout)

    def test_a_program_that_never_ends(self):
        done = self.quick("true", "sleep 1000", "--timeout", "200ms", code=6)
        self.assertIn("did not end within 200 ms and was killed", " ".join(done.stdout.split()))

    @unittest.skipUnless(CHILD.exists(), "the test programs are not built")
    def test_programs_that_misbehave(self):
        for act in ("print-bytes 20000000", "close-and-end", "count-input"):
            self.quick(f"{CHILD} {act}", f"env {CHILD} {act}", "--force", "--threads", 1)

    def test_benchmarks_that_are_none(self):
        self.assertIn("is it a Google Benchmark program", " ".join(self.quick("true", "true", "--gbench", code=6).stdout.split()))
        script = self.write("bench", "#!/bin/sh\nprintf '{\"benchmarks\": 3}' > \"${1#--benchmark_out=}\"\n", executable=True)
        self.assertIn("has no list of benchmarks", " ".join(self.quick(script, script, "--gbench", "--force", code=6).stdout.split()))

    def test_benchmarks_that_leave_something_else_than_a_report(self):
        for command in ("mkfifo", "mkdir"):
            script = self.write("bench", f"#!/bin/sh\nf=${{1#--benchmark_out=}}; rm -rf $f; {command} $f\n", executable=True)
            done = self.quick(script, script, "--gbench", "--force", code=6)
            self.assertIn("left no regular file at --benchmark_out", " ".join(done.stdout.split()))

    def test_a_benchmark_program_that_fails_everywhere(self):
        self.assertIn("no such thing", self.exec("--fake-measurer", "--gbench", "--", "./prog", "fail", code=6).stdout)

    def test_benchmarks_that_a_filter_leaves_none_of(self):
        script = self.write("bench", "#!/bin/sh\necho 'Failed to match any benchmarks against regex: x' >&2\n", executable=True)
        done = self.quick(script, script, "--gbench", code=6)
        self.assertIn("(it said: Failed to match any benchmarks against regex: x)", " ".join(done.stdout.split()))

    def test_an_interrupt_keeps_what_was_measured_and_leaves_nothing(self):
        with program.started("exec", "--no-lock", "--time-budget", 0, "--thorough", "--native", "sleep 0.05", "--translated",
                             "env sleep 0.05", "-o", self.folder / "run") as process:
            file = self.folder / "run" / "run.json"
            program.wait_until(lambda: file.exists() and json.loads(file.read_text(encoding="utf-8"))["blocks"], "a first block")
            process.send_signal(signal.SIGINT)
            process.wait(timeout=program.PATIENCE_S)
            self.assertEqual(process.returncode, 128 + signal.SIGINT)
        run = self.kept()
        self.assertEqual(run["session"]["stop_reason"], "interrupted")
        self.assertGreaterEqual(len(run["blocks"]), 1)

    def test_a_program_does_not_outlive_m1bench(self):
        script = self.write("prog", f"#!/bin/sh\necho $$ > {self.folder}/pid.new\nmv {self.folder}/pid.new {self.folder}/pid\nsleep 1000\n", executable=True)
        with program.started("exec", "--no-lock", "--native", script, "--translated", script, "-o", self.folder / "run") as process:
            file = self.folder / "pid"
            program.wait_until(file.exists, "the program to run")
            pid = int(file.read_text())
            self.assertTrue(program.is_running(pid))
            helpers = program.children_of(process.pid)
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=program.PATIENCE_S)
            program.wait_until(lambda: not program.is_running(pid), "the end of the program")
            program.wait_until(lambda: not any(map(program.is_running, helpers)), "the end of its helpers")


if __name__ == "__main__":
    sys.exit(program.main())

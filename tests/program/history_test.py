#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The history of runs: many writers at once, killed writers, a full disk, files that are no history, and what is shown."""
import concurrent.futures
import contextlib
import copy
import json
import os
import pathlib
import random
import resource
import signal
import sqlite3
import subprocess
import sys

import program

GATE = program.ROOT / "tests" / "data" / "gate"
BASE = json.loads((GATE / "base.json").read_text(encoding="utf-8"))
OTHER = "x86_64-v2/native"
WRITERS, AT_ONCE = 1000, 40


def small_run():
    """One case and three blocks."""
    run = copy.deepcopy(BASE)
    name = run["cases"][0]["name"]
    run["cases"] = run["cases"][:1]
    run["verifications"] = [check for check in run["verifications"] if check["case"] == name]
    run["blocks"] = [block for block in run["blocks"] if block["case"] == name][:3]
    return run


class HistoryTest(program.ProgramTest):
    def setUp(self):
        super().setUp()
        self.db = self.folder / "history.sqlite"

    def run_file(self, session, run=None, day=1, factor=1.0, **tool):
        """A run file of that session, in which the other target takes `factor` times as long."""
        run = copy.deepcopy(run or BASE)
        run["session"].update(id=session, started=f"2025-03-{day:02}T10:11:12Z")
        run["tool"].update(tool)
        for block in run["blocks"]:
            for entry in block["targets"]:
                if entry["target"] == OTHER:
                    entry["wall_s"] = [wall * factor for wall in entry["wall_s"]]
        return self.write(f"{session}.json", json.dumps(run))

    def add(self, *runs, code=0):
        return self.run_m1bench("history", "add", *runs, "--db", self.db, code=code)

    def sessions(self, db=None):
        """What SQLite itself finds in the file, which must be whole."""
        with contextlib.closing(sqlite3.connect(db or self.db)) as connection:
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])
            return {row[0] for row in connection.execute("SELECT session FROM run")}

    def refused(self, *words, said):
        done = self.run_m1bench("history", *words, code=2)
        self.assertRegex(done.stderr, r"\Am1bench: [^\n]*\n\Z", "one sentence")
        self.assertIn(said, done.stderr)
        return done

    def test_a_thousand_writers_at_once_lose_nothing(self):
        text = json.dumps(small_run(), separators=(",", ":"))
        for i in range(WRITERS):
            self.write(f"{i}.json", text.replace('"id":"base"', f'"id":"s{i}"', 1))

        def write(i):
            words = [program.M1BENCH, "history", "add", f"{i}.json", "--db", self.db]
            return subprocess.run(words, cwd=self.folder, capture_output=True, timeout=600, check=False)

        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            done = list(pool.map(write, range(WRITERS)))
        self.assertEqual([row.stderr for row in done if row.returncode != 0 or row.stderr], [])
        self.assertEqual(self.sessions(), {f"s{i}" for i in range(WRITERS)})
        self.assertEqual(sorted(path.name for path in self.folder.glob("history*")), ["history.sqlite"])
        shown = json.loads(self.run_m1bench("history", "list", "--json", "--db", self.db).stdout)
        self.assertEqual(len(shown["runs"]), WRITERS)

    def test_killed_writers_lose_nothing_that_was_committed(self):
        self.add(self.run_file("first"))
        kept, chance = {"first"}, random.Random(1)
        for i in range(60):
            path = self.run_file(f"s{i}", small_run())
            with program.started("history", "add", path, "--db", self.db) as process:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(chance.random() * 0.03)  # whenever: nothing may depend on the moment
                process.send_signal(signal.SIGKILL)
                process.wait()
                if process.returncode == 0:
                    kept.add(f"s{i}")
        self.add(self.run_file("last"))
        there = self.sessions()
        self.assertLessEqual(kept | {"last"}, there)
        self.assertLessEqual(there, {"first", "last"} | {f"s{i}" for i in range(60)})
        self.run_m1bench("history", "list", "--db", self.db)

    def test_a_writer_killed_in_the_middle_of_writing_is_undone(self):
        self.add(self.run_file("first"))
        before = self.db.read_bytes()
        # It has written to the file itself and not yet said that this counts.
        half_way = ("import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA cache_size = 1');"
                    "c.execute('BEGIN'); c.execute('UPDATE run SET document = zeroblob(100000), session = 9');"
                    "c.execute('DELETE FROM trait'); os._exit(0)")
        subprocess.run([sys.executable, "-c", half_way, self.db], check=True)
        self.assertTrue((self.folder / "history.sqlite-journal").exists())
        self.assertNotEqual(self.db.read_bytes(), before)
        self.assertIn("first", self.run_m1bench("history", "list", "--db", self.db).stdout)
        self.assertEqual(self.db.read_bytes(), before)
        self.add(self.run_file("second"))
        self.assertEqual(self.sessions(), {"first", "second"})

    def fill(self, db, **options):
        """Adds runs until one is refused; returns those that were taken."""
        taken = set()
        for i in range(200):
            words = [program.M1BENCH, "history", "add", str(self.run_file(f"s{i}")), "--db", str(db)]
            done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=program.PATIENCE_S, **options)
            if done.returncode != 0:
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertRegex(done.stderr, r"\Am1bench: [^\n]*what was recorded before is kept\n\Z")
                return taken
            taken.add(f"s{i}")
        raise AssertionError("the disk never was full")

    def test_a_limit_on_the_size_of_files(self):
        # Who is past the limit is killed, unless it ignores that signal; then writing fails as on a full disk.
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

        taken = self.fill(self.db, preexec_fn=limit, restore_signals=False)
        self.assertGreater(len(taken), 1)
        self.assertEqual(self.sessions(), taken)
        self.add(self.run_file("later"))
        self.assertEqual(self.sessions(), taken | {"later"})

    def test_a_full_disk(self):
        disk = self.folder / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", disk], capture_output=True, check=False).returncode != 0:
            self.skipTest("no small disk can be made here")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        taken = self.fill(disk / "history.sqlite")
        self.assertGreater(len(taken), 1)
        self.assertEqual(self.sessions(disk / "history.sqlite"), taken)

    def test_files_that_are_no_history(self):
        run = self.run_file("one")
        with contextlib.closing(sqlite3.connect(self.folder / "foreign")) as connection:
            connection.execute("CREATE TABLE bookmark (url TEXT)")
        self.add(run)
        whole = self.db.read_bytes()
        newer = bytearray(whole)
        newer[60:64] = (2).to_bytes(4, "big")
        self.write("newer", bytes(newer))
        self.write("text", "Dear diary,\n")
        self.write("damaged", whole[:4096] + b"x" * (len(whole) - 4096))
        self.write("short", whole[: len(whole) // 2])
        for name, said in (("foreign", "is no history of m1bench and was not touched"), ("newer", "has version 2"),
                           ("text", "is no history of m1bench and was not touched"), ("damaged", "damaged"), ("short", "damaged")):
            path = self.folder / name
            before = path.read_bytes()
            for words in (["add", self.run_file("two")], ["list"], ["show"]):
                self.refused(*words, "--db", path, said=said)
            self.run_m1bench("compare", run, run, "--history", path, code=2)
            self.assertEqual(path.read_bytes(), before, name)
        for name in ("foreign", "newer", "text"):
            for ending in ("-journal", "-wal"):
                beside = self.write(name + ending, "what the user wrote\n")
                before = (self.folder / name).read_bytes()
                for words in (["add", self.run_file("two")], ["list"]):
                    self.refused(*words, "--db", self.folder / name, said="")
                self.assertEqual((beside.read_text(encoding="utf-8"), (self.folder / name).read_bytes()),
                                 ("what the user wrote\n", before), name + ending)
                beside.unlink()
        several = self.refused("add", run, self.run_file("two"), "--db", self.folder / "damaged", said="damaged")
        self.assertNotIn(".json", several.stderr, "no run is to blame")
        self.refused("list", "--db", self.folder / "nowhere", said="there is no history")
        self.refused("list", "--db", self.folder, said="is not a regular file")
        self.refused("add", run, "--db", "", said="cannot be used")
        self.refused("add", run, "--db", "/dev/null", said="is not a regular file")

    def test_what_the_system_forbids(self):
        if os.geteuid() == 0:
            self.skipTest("nothing is forbidden to root")
        run = self.run_file("one")
        self.add(run)
        self.db.chmod(0)
        self.refused("list", "--db", self.db, said="Permission denied")
        self.db.chmod(0o444)
        self.folder.chmod(0o555)
        self.addCleanup(self.folder.chmod, 0o755)
        self.refused("add", run, "--db", self.folder / "new.sqlite", said="Permission denied")

    def test_names_that_are_not_utf8(self):
        odd = os.fsdecode(bytes(self.folder) + b"/\xff\xfe.sqlite")
        self.run_m1bench("history", "add", self.run_file("one"), "--db", odd)
        self.assertTrue(pathlib.Path(odd).exists())
        text = json.dumps(BASE).replace("softmax", "\\u001b[31m")
        self.write("control.json", text.replace('"id": "base"', '"id": "control"'))
        self.write("bytes.json", json.dumps(BASE).encode().replace(b"softmax", b"\xff\xfe"))
        self.refused("add", self.folder / "bytes.json", "--db", self.db, said="bytes.json")
        self.add(self.folder / "control.json")
        shown = "".join(self.run_m1bench("history", action, "--db", self.db).stdout for action in ("list", "show"))
        self.assertIn("\\u{1B}[31m/", shown)
        self.assertNotIn("\x1b", shown)

    def test_a_run_is_taken_once(self):
        one = self.run_file("one")
        self.assertIn("added", self.add(one).stdout)
        self.assertIn("was there already", self.add(one).stdout)
        self.run_file("one", factor=1.5)
        self.assertIn("another run of session one", self.add(one, code=2).stderr)
        self.write("broken.json", "{")
        done = self.add(self.folder / "broken.json", self.run_file("two"), code=2)
        self.assertIn("broken.json", done.stderr)
        self.assertEqual(self.sessions(), {"one", "two"}, "the others are added all the same")
        default = self.run_m1bench("history", "add", self.run_file("three"))
        self.assertIn("m1bench-results/history.sqlite", default.stdout)
        self.assertTrue((self.folder / "m1bench-results" / "history.sqlite").exists())

    def test_one_run_does_not_keep_the_others_out(self):
        self.add(self.run_file("one"))
        changed = self.run_file("one", factor=1.5)
        odd = copy.deepcopy(BASE)
        odd["blocks"][0]["targets"][0]["wall_s"][0] = 1e23
        endless = self.run_file("endless", odd)
        done = self.add(changed, endless, self.run_file("two"), code=2)
        self.assertRegex(done.stderr, r"\Am1bench: [^\n]*one\.json: the history has another run of session one[^\n]*\n"
                         r"m1bench: [^\n]*endless\.json: blocks\[0\]\.targets\[0\]\.wall_s\[0\] is [^\n]*\n\Z")
        self.assertEqual(self.sessions(), {"one", "two"})

    def test_what_is_beside_runs_is_skipped(self):
        results = self.folder / "m1bench-results"
        for name, file in (("profile", "profile.json"), ("one", "run.json")):
            (results / name).mkdir(parents=True)
            (results / name / file).write_text(pathlib.Path(self.run_file("one")).read_text(encoding="utf-8"), encoding="utf-8")
        everything = [results / "history.sqlite", results / "one", results / "profile"]
        done = self.run_m1bench("history", "add", *everything)
        self.assertEqual(done.stdout.count(": holds no run, skipped\n"), 2)
        self.assertEqual(self.sessions(results / "history.sqlite"), {"one"})
        self.refused("add", results / "profile", said="nothing that was named holds a run")
        self.assertEqual(self.run_m1bench("history", "add", results / "nowhere", results / "one", code=2).stdout.count("already"), 1)

    def steps(self):
        """Twenty runs: the target gets slower at the eleventh, and the last four are of another compiler."""
        chance = random.Random(1)
        runs = []
        for i in range(20):
            tool = {"compiler": "GCC 13.3.0"} if i >= 16 else {}
            factor = (1.1 if i >= 10 else 1) * (1 + 0.004 * chance.random())
            runs.append(self.run_file(f"s{i:02}", day=i + 1, factor=factor, commit=f"c{i:02}", **tool))
        return runs

    def test_what_is_shown(self):
        self.add(*self.steps())
        show = ["history", "show", "matmul/*", "--db", self.db]
        self.expect("history_list.txt", self.run_m1bench("history", "list", "--db", self.db, columns=160).stdout)
        self.expect("history_show.txt", self.run_m1bench(*show, columns=120).stdout)
        trend = json.loads(self.run_m1bench(*show, "--format", "json").stdout)["trends"][0]
        self.assertEqual([change["at"] for change in trend["changes"]], [10])
        self.assertAlmostEqual(trend["changes"][0]["step"], 1.1, delta=0.01)
        self.assertEqual([(row["at"], row["reasons"]) for row in trend["breaks"]],
                         [(16, [{"field": "tool.compiler", "before": "GCC 12.2.0", "after": "GCC 13.3.0"}])])
        page = self.run_m1bench("history", "show", "--db", self.db, "--format", "html").stdout
        self.assertIn('<script type="application/json" id="trends">', page)
        self.assertIn("takes 1.10x the time of before", page)
        done = self.run_m1bench("history", "show", "--db", self.db, "--format", "html", "-o", "trends.html")
        self.assertEqual((done.stdout, (self.folder / "trends.html").read_text(encoding="utf-8")), ("", page))
        self.run_m1bench("--color", "always", *show, "-o", "trends.txt")
        self.assertIn("\x1b[", (self.folder / "trends.txt").read_text(encoding="utf-8"))
        self.assertEqual(self.run_m1bench(*show, "--format", "json", "-o", "-").stdout,
                         self.run_m1bench(*show, "--format", "json").stdout)
        self.refused("show", "--db", self.db, "-o", "/dev/null", said="/dev/null")
        self.refused("show", "--db", self.db, "-o", self.folder / "nowhere" / "trends.html", said="nowhere")
        self.assertEqual(len(json.loads(self.run_m1bench("history", "show", "--db", self.db, "--format", "json").stdout)["trends"]), 3)
        self.refused("show", "nothing/*", "--db", self.db, said="has a ratio for that")
        self.refused("show", "--target", "arm64/*", "--db", self.db, said="has a ratio for that")
        self.run_m1bench("history", "show", "--target", "x86_64-v2/*", "--db", self.db)

    def test_compare_learns_from_it(self):
        compare = ["compare", GATE / "base.json", GATE / "plus10.json", "--history", self.db]
        self.add(*[self.run_file(f"s{i}", factor=1 + 0.02 * (i % 3)) for i in range(9)])
        few = self.run_m1bench(*compare, code=1, columns=200).stdout
        self.assertIn("Session-to-session spread: 0.50 % assumed; the history has 9 runs of this machine", few)
        self.add(*[self.run_file(f"s{i}", factor=1 + 0.02 * (i % 3)) for i in range(9, 12)])
        enough = self.run_m1bench(*compare, code=3, columns=200).stdout
        self.assertRegex(enough, r"Session-to-session spread: 1.7 %, learned from 12 runs of this machine")
        document = json.loads(self.run_m1bench(*compare, "--format", "json", code=3).stdout)
        self.assertEqual(document["session_spread"]["learned_from"], 12)
        self.assertNotIn("Session-to-session", self.run_m1bench(*compare[:3], code=1, columns=200).stdout)

    def test_a_run_as_a_database(self):
        words = [program.M1BENCH, "report", GATE / "base.json", "--format", "sqlite"]
        path = self.write("run.sqlite", subprocess.run(words, capture_output=True, check=True).stdout)
        self.assertEqual(self.sessions(path), {"base"})
        with contextlib.closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("SELECT json_extract(document, '$.session.id'), max(exp(log_ratio)) FROM run JOIN series ON run = id")
            self.assertEqual([(session, round(ratio, 1)) for session, ratio in rows], [("base", 2.7)])
        self.run_m1bench("history", "list", "--db", path)


if __name__ == "__main__":
    sys.exit(program.main())

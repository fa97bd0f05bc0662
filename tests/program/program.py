# SPDX-License-Identifier: Apache-2.0
"""What the tests of the whole program share. The environment variable M1BENCH names the program under test."""
import atexit
import contextlib
import functools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

# What the program remembers about launches is no business of the user who runs the tests.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="m1bench-test-cache-")
atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)

# Nor is the job that runs them told what they do.
for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
    os.environ.pop(name, None)

M1BENCH = os.environ.get("M1BENCH", "")
ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
# The lines that show how far a session is.
PROGRESS = re.compile(r"^m1bench: (checking|measuring|confirming|dumping|profiling)[^\n]*\n", re.MULTILINE)
PATIENCE_S = 120  # for things that take a second: a loaded machine is no failure


@functools.cache
def native_slice():
    """The lowest slice this machine executes itself: "x86_64-v2" or "arm64"."""
    command = [M1BENCH, "list", "targets", "--json"]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=True).stdout
    return next(row["slice"] for row in json.loads(shown) if row["available"] and row["translator"] == "native")


class ProgramTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="m1bench-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_m1bench(self, *words, code=0, columns=None, variables=None):
        """Runs to the end and expects the exit code, or one of several; returns what was printed. Never a long complaint or a trace.
        `columns` is the width of the output, whatever the caller's own; `variables` are set in the environment."""
        environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        environment.update(variables or {})
        if columns:
            environment["COLUMNS"] = str(columns)
        done = subprocess.run([M1BENCH, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              errors="replace", timeout=PATIENCE_S, cwd=self.folder, env=environment)
        done.stderr = PROGRESS.sub("", done.stderr)
        said = f"{words}\n{done.stdout[-2000:]}\n{done.stderr}"
        self.assertIn(done.returncode, code if isinstance(code, tuple) else (code,), said)
        self.assertLessEqual(done.stderr.count("\n"), 4, said)
        self.assertLess(len(done.stderr), 2000, said)
        for trace in ("terminate called", "Sanitizer", "Traceback", "internal error", "what():"):
            self.assertNotIn(trace, done.stderr, said)
        return done

    def expect(self, name, text):
        """Expects the golden file tests/golden/program_<name>, or rewrites it with M1BENCH_UPDATE_GOLDEN=1."""
        path = GOLDEN / f"program_{name}"
        text = text.replace(str(self.folder), "TMP")
        if os.environ.get("M1BENCH_UPDATE_GOLDEN") == "1":
            path.write_text(text, encoding="utf-8")
        want = path.read_text(encoding="utf-8") if path.exists() else ""
        self.assertEqual(text, want, f"{path} differs; if that is right, run with M1BENCH_UPDATE_GOLDEN=1")

    def write(self, name, contents, executable=False):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
        if executable:
            path.chmod(0o755)
        return path


def wait_until(condition, what):
    """Waits for something that is bound to happen; the deadline is only there to end a test that has failed."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain: {what}")
        time.sleep(0.01)


@contextlib.contextmanager
def started(*words, **options):
    """A program under way, which does not outlive the test."""
    process = subprocess.Popen([M1BENCH, *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, errors="replace", **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.communicate()


def live_processes():
    """(pid, parent's pid) of every process that is not a zombie."""
    if pathlib.Path("/proc/self/stat").exists():
        return list(processes_of_linux())
    shown = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in shown.splitlines())
    return [(int(pid), int(parent)) for pid, parent, state in rows if not state.startswith("Z")]


def processes_of_linux():
    for file in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = file.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue  # it has ended meanwhile
        if state not in "ZX":
            yield int(file.parent.name), int(parent)


def children_of(pid):
    return [child for child, parent in live_processes() if parent == pid]


def is_running(pid):
    return any(pid == other for other, _ in live_processes())


def main():
    if not M1BENCH:
        raise SystemExit("set M1BENCH to the program under test")
    unittest.main()

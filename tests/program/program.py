# SPDX-License-Identifier: Apache-2.0
"""What the tests of the whole program share. The environment variable M1BENCH names the program under test."""
import contextlib
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

M1BENCH = os.environ.get("M1BENCH", "")
ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
PATIENCE_S = 120  # for things that take a second: a loaded machine is no failure


class ProgramTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="m1bench-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_m1bench(self, *words, code=0, environment=None, cwd=None):
        """Runs to the end and expects the exit code; returns what was printed. Never a long complaint, never a trace."""
        done = subprocess.run([M1BENCH, *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                              timeout=PATIENCE_S, cwd=cwd or self.folder, env={**os.environ, **(environment or {})})
        said = f"{words}\n{done.stdout[-2000:]}\n{done.stderr}"
        self.assertEqual(done.returncode, code, said)
        self.assertLessEqual(done.stderr.count("\n"), 4, said)
        self.assertLess(len(done.stderr), 2000, said)
        for trace in ("terminate called", "Sanitizer", "Traceback", "internal error", "what():"):
            self.assertNotIn(trace, done.stderr, said)
        return done

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
    process = subprocess.Popen([M1BENCH, *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, errors="replace", **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.communicate()


def children_of(pid):
    """The ids of the live children of a process (Linux)."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(entry.parent.name))
    return found


def is_running(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def main():
    if not M1BENCH:
        raise SystemExit("set M1BENCH to the program under test")
    unittest.main()

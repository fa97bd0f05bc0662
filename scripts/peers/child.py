# SPDX-License-Identifier: Apache-2.0
"""A child process that is asked to compute and to say how long it took: a worker of m1bench, or a peer, which speaks as much of
a worker's language (src/result/wire.hpp) as it needs. One JSON object a line; the child speaks first, then answers each request
with one reply. The end of its input ends it.
"""
import json
import os
import pathlib
import select
import subprocess
import tempfile
import time

PATIENCE_S = 600       # for one answer; importing a framework on a busy machine takes its time
GRACE_S = 2
SETTLE_S = 0.2
SPIN_S = 0.03          # where it cannot be seen whether a thread runs: OpenBLAS spins for 2^26 cycles after its work
LONGEST_REASON = 300


class ChildFailed(Exception):
    """It is not here, has died, or cannot do what was asked; one sentence says why."""


class Child:
    def __init__(self, command, environment=(), cpus=(), folder=None):
        """Starts it on those CPUs (anywhere, if there are none) and waits for its greeting. `environment` is in addition to our
        own; None takes a variable out. Throws ChildFailed."""
        self._errors = tempfile.TemporaryFile()
        self._unread = b""
        self._asked = "start-up"
        variables = {name: value for name, value in (os.environ | dict(environment)).items() if value is not None}
        pinned = (lambda: os.sched_setaffinity(0, cpus)) if cpus and hasattr(os, "sched_setaffinity") else None
        try:
            # In a session of its own: Ctrl-C is for the one who started it, who ends it in turn.
            self._process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                             stderr=self._errors, cwd=folder, env=variables, preexec_fn=pinned,
                                             start_new_session=True)
        except OSError as error:
            self._errors.close()
            raise ChildFailed(f"{command[0]}: {error.strerror}") from error
        try:
            self.hello = self._reply().get("hello") or {}
        except BaseException:
            self.end()
            raise

    def ask(self, verb, **fields):
        """The reply to one request. Throws ChildFailed if that is an error, or if there is none."""
        self._asked = verb
        try:
            self._process.stdin.write(json.dumps({"verb": verb, **fields}).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise self._died() from error
        return self._reply()

    def settle(self):
        """Waits until none of its threads runs. Libraries let their threads spin for a while after the work, which would take
        place on the CPUs of whoever has the next turn."""
        tasks = pathlib.Path(f"/proc/{self._process.pid}/task")
        if not tasks.exists():
            time.sleep(SPIN_S)
            return
        deadline = time.monotonic() + SETTLE_S
        while any(map(is_running, tasks.glob("*/stat"))) and time.monotonic() < deadline:
            time.sleep(0.0005)

    def end(self):
        """At once and for good, whatever it is doing."""
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                pipe.close()
            except OSError:
                pass  # what was left to be said has no one to hear it
        try:
            self._process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def _reply(self):
        line = self._line()
        try:
            reply = json.loads(line)
            error = reply.get("error")
        except (ValueError, AttributeError) as garbage:
            raise ChildFailed(f"answers `{self._asked}` with something that is no reply: {line[:80]!r}") from garbage
        if error:
            raise ChildFailed(str(error)[:LONGEST_REASON])
        return reply

    def _line(self):
        deadline = time.monotonic() + PATIENCE_S
        descriptor = self._process.stdout.fileno()
        while b"\n" not in self._unread:
            if not select.select([descriptor], [], [], max(0, deadline - time.monotonic()))[0]:
                raise ChildFailed(f"no answer to `{self._asked}` within {PATIENCE_S} s")
            some = os.read(descriptor, 1 << 16)
            if not some:
                raise self._died()
            self._unread += some
        line, _, self._unread = self._unread.partition(b"\n")
        return line

    def _died(self):
        try:
            code = self._process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            code = None
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip().splitlines()
        how = "closed its output" if code is None else f"killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
        return ChildFailed(f"{how} during {self._asked}" + (f": {said[-1][:LONGEST_REASON]}" if said else ""))


def is_running(stat):
    try:
        return stat.read_text().rpartition(")")[2].split()[0] == "R"
    except (OSError, IndexError):
        return False  # it has ended meanwhile

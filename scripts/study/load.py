# SPDX-License-Identifier: Apache-2.0
"""Unrelated work that keeps every CPU busy while a suite runs: one process a CPU, computing and copying memory in turns."""
import contextlib
import os
import subprocess
import sys

COPIED_BYTES = 32 << 20   # beyond the caches of one core
COMPUTED_TERMS = 200_000  # some 10 ms


def allowed_cpus():
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else list(range(os.cpu_count() or 1))


@contextlib.contextmanager
def busy_machine():
    """One busy process on every CPU this process may use; none is left at the end, however that comes."""
    children = []
    try:
        for cpu in allowed_cpus():
            children.append(subprocess.Popen([sys.executable, __file__, str(cpu), str(os.getpid())], stdin=subprocess.DEVNULL,
                                             start_new_session=True))  # Ctrl-C is for the study, which then ends them
        yield [child.pid for child in children]
    finally:
        for child in children:
            child.kill()
        for child in children:
            child.wait()


def churn(cpu, parent):
    """Until killed, or until the parent is gone: a study that was killed outright leaves nothing running either."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {cpu})
    source, destination = bytearray(COPIED_BYTES), bytearray(COPIED_BYTES)
    while os.getppid() == parent:
        destination[:] = source
        sum(i * i for i in range(COMPUTED_TERMS))


if __name__ == "__main__":
    churn(int(sys.argv[1]), int(sys.argv[2]))

# SPDX-License-Identifier: Apache-2.0
"""One measurement at a time on a machine: the lock that m1bench takes as well."""
import contextlib
import fcntl
import os

from study.failure import StudyError

PATH = "/tmp/m1bench.lock"  # as in src/platform/files.hpp


def opened(path):
    """The file may be another user's, who may only let us read it; a lock can be had all the same."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    except PermissionError:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW)


@contextlib.contextmanager
def alone(path=PATH):
    """Throws StudyError if another measures."""
    descriptor = opened(path)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StudyError("another m1bench is measuring; wait for it, or measure anyway with --no-lock") from error
        yield
    finally:
        os.close(descriptor)

# SPDX-License-Identifier: Apache-2.0
"""What ends a study early."""
import contextlib
import signal


class StudyError(Exception):
    """One sentence for the user."""


class Stopped(BaseException):
    """A signal asked the study to end; it goes on from here when it is started again."""

    def __init__(self, number):
        super().__init__(number)
        self.exit_code = 128 + number


@contextlib.contextmanager
def stopping_on_signals():
    """Turns the signals that end a program into Stopped, so that children are ended and folders are left in order. Those
    that are ignored (nohup) stay so."""
    def stop(number, _frame):
        raise Stopped(number)

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in numbers if signal.getsignal(number) != signal.SIG_IGN}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

# SPDX-License-Identifier: Apache-2.0
"""What is shown while a session goes on: a live line on a terminal, whole lines elsewhere, nothing with --quiet."""
import os
import pty
import subprocess
import unittest

import program

RUN = ("run", "matmul/*", "--fake-measurer", "--quick", "--no-lock", "--force", "-o", "out")


class ProgressTest(program.ProgramTest):
    def said(self, *words):
        done = subprocess.run([program.M1BENCH, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
                              cwd=self.folder, timeout=program.PATIENCE_S)
        return done.stderr

    def shown_on_a_terminal(self, *words):
        driver, terminal = pty.openpty()
        done = subprocess.Popen([program.M1BENCH, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=terminal,
                                cwd=self.folder)
        os.close(terminal)
        shown = b""
        try:
            while chunk := os.read(driver, 65536):
                shown += chunk
        except OSError:  # how Linux says that nobody holds the terminal any more
            pass
        os.close(driver)
        self.assertEqual(done.wait(timeout=program.PATIENCE_S), 0)
        return shown.decode()

    def test_a_log_gets_a_line_for_each_phase_and_then_one_every_half_minute(self):
        lines = self.said(*RUN).splitlines()
        self.assertRegex(lines[0], r"^m1bench: checking, 0 of \d+ cases done$")
        phases = [line.split()[1] for line in lines]
        self.assertEqual(sorted(set(phases)), ["checking,", "measuring,"])
        self.assertEqual(phases, sorted(phases), "one phase after the other")
        left = r"about [\d.:]+ (s|min) left \(x86_64-v4/native \S+ \w+, x86_64-v2/native \S+ \w+, arm64/qemu-user \S+ \w+\)$"
        for line in lines[phases.index("measuring,"):]:
            self.assertRegex(line, left)

    def test_a_budget_bounds_what_checking_may_take(self):
        self.assertRegex(self.said(*RUN, "--time-budget", "90s"), r"checking, 0 of \d+ cases done, at most [\d.:]+ \w+ left\n")

    def test_a_terminal_gets_one_line_that_is_overwritten_and_gone_in_the_end(self):
        shown = self.shown_on_a_terminal(*RUN)
        self.assertNotIn("\n", shown)
        self.assertTrue(shown.endswith("\r\x1b[K"), shown[-80:])
        self.assertRegex(shown, r"\[about [\d.:]+ (s|min) left\] \d+/\d+ matmul/f32/64, block 2: x86_64-v2/native [\d.]+x")
        for line in shown.split("\r\x1b[K"):
            self.assertLess(len(line), 80)

    def test_quiet_shows_nothing(self):
        self.assertEqual(self.said(*RUN, "--quiet"), "")
        self.assertEqual(self.shown_on_a_terminal(*RUN, "-q"), "")


if __name__ == "__main__":
    unittest.main()

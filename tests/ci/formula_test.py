# SPDX-License-Identifier: Apache-2.0
"""The Homebrew formula that scripts/ci/formula makes."""
import importlib.machinery
import importlib.util
import pathlib
import re
import shutil
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "ci" / "formula"
loader = importlib.machinery.SourceFileLoader("formula", str(SCRIPT))
formula = importlib.util.module_from_spec(importlib.util.spec_from_loader("formula", loader))
loader.exec_module(formula)

ARGUMENTS = ("1.2.3", "https://example.org/m1bench", "https://example.org/v1.2.3.tar.gz", "0123456789abcdef" * 4)


class Formula(unittest.TestCase):
    def test_names_the_release_and_everything_that_cmake_would_fetch(self):
        text = formula.formula(*ARGUMENTS)
        for argument in ARGUMENTS:
            self.assertIn(f'"{argument}"', text)
        self.assertNotRegex(text, r"@[A-Z0-9]+@")
        cmake = (ROOT / "cmake" / "Dependencies.cmake").read_text(encoding="utf-8")
        pinned = set(re.findall(r"\b[0-9a-f]{64}\b", cmake))
        resources = dict(re.findall(r'resource "(\w+)" do\n    url "[^"]+"\n    sha256 "(\w{64})"', text))
        self.assertTrue(set(resources.values()) < pinned)
        left_out = {re.search(rf"(\w+)[^\n]*\n?[^\n]*{sha256}", cmake)[1] for sha256 in pinned - set(resources.values())}
        self.assertLessEqual(len(left_out), len(formula.NOT_INSTALLED | formula.OF_MACOS), left_out)
        for name in resources:
            self.assertRegex(cmake.lower(), rf"\({name}[ \n]", "FETCHCONTENT_SOURCE_DIR_ goes by this name")

    def test_what_could_end_a_string_is_refused(self):
        for at, bad in ((0, "1.2"), (1, 'https://example.org/"; system "x'), (2, "http://example.org/a"), (2, "https://e.org/#{x}"),
                        (3, "ABC")):
            arguments = list(ARGUMENTS)
            arguments[at] = bad
            with self.subTest(bad), self.assertRaises(SystemExit):
                formula.formula(*arguments)

    @unittest.skipUnless(shutil.which("ruby"), "no ruby")
    def test_is_ruby(self):
        done = subprocess.run(["ruby", "-c"], input=formula.formula(*ARGUMENTS), capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()

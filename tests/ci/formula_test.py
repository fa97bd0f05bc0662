# SPDX-License-Identifier: Apache-2.0
"""The Homebrew formula that scripts/ci/formula makes."""
import importlib.machinery
import importlib.util
import json
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
        resources = dict(re.findall(r'resource "(\w+)" do\n    url "([^"]+)"', text))
        cmake = formula.cmake_files()
        # Whatever is written as a SHA-256 or an archive's address in a CMake file is something to fetch.
        left_out = {pin for pin in re.findall(r"\b[0-9a-f]{64}\b", cmake) if f'sha256 "{pin}"' not in text}
        known = formula.NOT_INSTALLED | formula.OF_MACOS
        self.assertEqual({re.search(rf"\((\w+)[^()]*{pin}", cmake)[1].lower() for pin in left_out}, known)
        archives = set(re.findall(r"https://\S+\.(?:tgz|tar\.gz|tar\.xz|zip)", cmake))
        self.assertEqual(len(archives - set(resources.values())), len(known), archives - set(resources.values()))
        self.assertLessEqual({"eigen3", "cli11", "benchmark", "chart_d3", "chart_plot"}, set(resources))

    def test_resources_have_the_names_that_cmake_looks_for(self):
        """FETCHCONTENT_SOURCE_DIR_ goes by the name given to FetchContent_Declare, in capitals."""
        cmake = formula.cmake_files()
        declared = set(re.findall(r"(?:FetchContent_Declare|m1bench_fetch)\((\w+) ", cmake))  # by a name
        for call in ("m1bench_headers_of", "m1bench_chart_library"):                         # or by a macro's argument
            declared.update(re.findall(rf"{call}\((?:M1BENCH_\w+ )?(\w+) ", cmake))
        names = re.findall(r'resource "(\w+)"', formula.formula(*ARGUMENTS))
        self.assertEqual(len(set(names)), len(names))
        self.assertLessEqual(set(names), {name.lower() for name in declared})

    def test_charts_are_of_the_release_that_npm_installs(self):
        lock = json.loads((ROOT / "scripts" / "html" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        calls = re.findall(r"m1bench_chart_library\(\w+ \w+ (\S+) \S+\s+URL (\S+)", formula.cmake_files())
        self.assertEqual(len(calls), 2)
        for package, url in calls:
            version = lock[f"node_modules/{package}"]["version"]
            self.assertEqual(url, f"https://registry.npmjs.org/{package}/-/{package.split('/')[-1]}-{version}.tgz")

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

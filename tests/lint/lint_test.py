#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that the lints find what they are there to find."""
import unittest

import layers
import sizes
import workflows

DESIGN = """
```layers
core      the bottom        -> nothing
tensor    arrays            -> core
platform  the machine       -> core
report    tables            -> tensor
app       the program       -> everything
```

```headers
CLI/*           -> src/app/cli*.cpp
nlohmann/*      -> src/*_json.cpp
```
"""


class Layers(unittest.TestCase):
    def problems(self, path, text):
        return [problem for _, problem in layers.check_file(
            path, text, layers.layer_table(DESIGN), layers.header_table(DESIGN))]

    def test_what_is_allowed(self):
        for path, line in [
            ("include/m1bench/tensor/shape.hpp", '#include "m1bench/core/check.hpp"'),
            ("src/report/table.cpp", '#include "m1bench/core/check.hpp"'),  # through tensor
            ("src/report/table.cpp", '#include "report/table.hpp"'),
            ("src/report/table.cpp", "#include <cstdio>"),
            ("src/tensor/shape.cpp", "#include <cstdint>"),
            ("src/app/cli_run.cpp", "#include <CLI/CLI.hpp>"),
            ("src/report/run_json.cpp", "#include <nlohmann/json.hpp>"),
            ("src/platform/clock_linux.cpp", "#ifdef __linux__"),
        ]:
            with self.subTest(path=path, line=line):
                self.assertEqual(self.problems(path, line), [])

    def test_what_is_not(self):
        for name, path, line, said in [
            ("upwards", "src/core/text.cpp", '#include "m1bench/tensor/shape.hpp"', "core may not include tensor"),
            ("sideways", "src/report/table.cpp", '#include "platform/clock.hpp"', "report may not include platform"),
            ("in angle brackets", "src/core/text.cpp", "#include <m1bench/tensor/shape.hpp>", "may not include"),
            ("relative", "src/report/table.cpp", '#include "table.hpp"', "not written from the root"),
            ("a library elsewhere", "src/app/run.cpp", "#include <CLI/CLI.hpp>", "belongs in src/app/cli"),
            ("json elsewhere", "src/report/table.cpp", "#include <nlohmann/json.hpp>", "belongs in"),
            ("output in measured code", "src/tensor/shape.cpp", "#include <iostream>", "is measured code"),
            ("the system in measured code", "src/tensor/shape.cpp", "#include <sys/mman.h>", "is measured code"),
            ("an unknown layer", "src/attic/old.cpp", "", "has no row"),
            ("a condition on the system", "src/report/table.cpp", "#if defined(__APPLE__)", "conditions on the"),
        ]:
            with self.subTest(name):
                problems = self.problems(path, line)
                self.assertEqual(len(problems), 1, problems)
                self.assertIn(said, problems[0])

    def test_types_of_one_name_in_two_headers(self):
        def header(body, namespace="m1bench"):
            return f"namespace {namespace} {{\n{body}\n}}\n"

        here = ("src/a/x.hpp", header("struct Finding {\n};\nenum class Kind : int { one };"))
        for other, want in [(("src/b/y.hpp", header("class Finding final {\n};")), 1),
                            (("src/b/y.hpp", header("struct Finding;\nstruct Findings {\n};")), 0),
                            (("src/b/y.hpp", header("struct Finding {\n};", "m1bench::b")), 0),
                            (("src/b/y.cpp", header("struct Finding {\n};")), 0)]:
            self.assertEqual(len(list(layers.same_names([here, other]))), want, other)

    def test_a_table_that_names_an_unknown_layer_is_refused(self):
        with self.assertRaises(SystemExit):
            layers.layer_table("```layers\ncore  bottom  -> basement\n```\n")


def function_of(lines, head="int f(int x) {"):
    return head + "\n" + "  x += 1;\n" * (lines - 2) + "}\n"


class Sizes(unittest.TestCase):
    def problems(self, path, text):
        return [problem for _, problem in sizes.check(path, text)]

    def test_within_limits(self):
        table = "constexpr int kTable[] = {\n" + "  f(1),\n" * 100 + "};\n"
        members = "class A {\n" + "  int f() { return 1; }\n" * 100 + "};\n"
        braces = 'const char* kText = "{";  // {\nint g() { return \'{\'; }\n' + "int x;\n" * 100
        for name, text in [("sixty lines", function_of(60)), ("a table", table), ("a class", members),
                           ("braces in text", braces), ("many functions", function_of(40) * 8)]:
            with self.subTest(name):
                self.assertEqual(self.problems("src/core/text.cpp", text), [])

    def test_beyond_limits(self):
        inside = "namespace a {\nstruct S {\n" + function_of(61, "int f() const {") + "};\n}\n"
        constructor = function_of(70, "A::A(int x)\n    : a_{x},\n      b_(x) {")
        for name, path, text in [("a long file", "src/core/text.cpp", "\n" * 401), ("a long main", "src/app/main.cpp", "\n" * 61),
                                 ("a long function", "src/core/text.cpp", function_of(61)), ("a long method", "src/a.hpp", inside),
                                 ("a long constructor", "src/a.cpp", constructor),
                                 ("a long lambda", "src/a.cpp", function_of(61, "auto f = [](int x) {"))]:
            with self.subTest(name):
                self.assertEqual(len(self.problems(path, text)), 1)

    def test_a_function_is_reported_where_it_starts(self):
        text = "\n\n" + function_of(61)
        self.assertEqual([line for line, _ in sizes.check("src/a.cpp", text)], [3])


class Workflows(unittest.TestCase):
    COMMIT = "0123456789abcdef0123456789abcdef01234567"

    def problems(self, *lines):
        return list(workflows.check_pins({"a.yml": "".join(f"      - uses: {line}\n" for line in lines)}))

    def test_what_is_pinned(self):
        self.assertEqual(self.problems(f"actions/checkout@{self.COMMIT} # v6.0.2", f"a/b/c@{self.COMMIT} # v1.2.3", "./"), [])

    def test_what_is_not(self):
        for line in ("actions/checkout@v6", "actions/checkout@main", "actions/checkout", f"actions/checkout@{self.COMMIT}",
                     f"actions/checkout@{self.COMMIT[:39]} # v6.0.2", f"actions/checkout@{self.COMMIT} # latest", "docker://alpine"):
            with self.subTest(line):
                self.assertEqual(len(self.problems(line)), 1)

    def test_two_commits_of_one_action(self):
        self.assertEqual(len(self.problems(f"a/b@{self.COMMIT} # v1.0.0", f"a/b@{self.COMMIT[::-1]} # v1.0.0")), 1)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""README.md tells the truth: its sample output is what `report` makes of docs/sample-run.json, its exit codes are the
program's, and every command it shows exists."""
import re

import program

README = (program.ROOT / "README.md").read_text(encoding="utf-8")


class Readme(program.ProgramTest):
    def test_the_sample_is_a_report_of_the_sample_run(self):
        shown = re.search(r"<!-- sample -->\n```text\n(.*?)```", README, re.S).group(1)
        done = self.run_m1bench("report", program.ROOT / "docs" / "sample-run.json", columns=132)
        self.assertEqual(done.stdout, shown)

    def test_the_diagnosis_is_one_of_the_tests(self):
        shown = re.search(r"<!-- doctor sample -->\n```text\n(.*?)```", README, re.S).group(1)
        self.assertEqual(shown, (program.GOLDEN / "report_doctor_mac.txt").read_text(encoding="utf-8"))

    def test_the_audit_is_what_its_test_expects(self):
        shown = re.search(r"<!-- doctor paths sample -->\n```text\n\$ m1bench doctor venv\n(.*?)```", README, re.S).group(1)
        self.assertEqual((program.GOLDEN / "program_doctor_paths.txt").read_text(encoding="utf-8"), shown)

    def test_the_exit_codes_are_those_of_the_help(self):
        listed = dict(re.findall(r"^ +(\d[\d, ]*?)  (\S.*)$", self.run_m1bench("--help").stdout, re.M))
        for code, meaning in re.findall(r"^\| (\d[\d, ]*) \| (.*?) \|$", README, re.M):
            self.assertEqual(listed.get(code), meaning, f"exit code {code}")

    def test_every_command_it_shows_exists(self):
        commands = set(re.findall(r"(?:scripts/|`)m1bench ([a-z]+)", README))
        self.assertIn("all", commands)
        for command in sorted(commands):
            self.run_m1bench(command, "--help")


if __name__ == "__main__":
    program.main()

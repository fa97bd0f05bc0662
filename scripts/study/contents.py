# SPDX-License-Identifier: Apache-2.0
"""Puts a study's report together."""
import json

from study import decisions, report, tables
from study.estimates import MARGINS
from study.failure import StudyError
from study.runs import read_suites


def decide_again(program, suites, margin):
    return {suite.name: decisions.by_m1bench(program, suite, margin) for suite in suites}


def identical_tables(suites, program, resamples, seed):
    judged = {margin: decide_again(program, suites, margin) for margin in MARGINS}
    return [report.about_table(suites), report.verdict_table(suites), report.gate_table(suites, judged),
            report.precision_table(suites), report.resampled_table(suites, resamples, seed), report.rival_table(suites),
            report.check_table(suites, judged["default"])]


def text(folder, injected, program, resamples, seed, as_markdown):
    """All tables of the study in this folder; the groups with injected slowdowns are its folders that begin with `injected`."""
    found = []
    suites = read_suites(folder)
    if suites:
        found += identical_tables(suites, program, resamples, seed)
    for group in sorted(folder.glob(f"{injected}*/")):
        tries = read_suites(group)
        if tries:
            plan = json.loads((group / "plan.json").read_text(encoding="utf-8"))
            found.append(report.power_table(tries, decide_again(program, tries, "strict"), plan, resamples, seed))
    if not found:
        raise StudyError(f"there is no finished run in {folder}; make some with `scripts/aa-study run`")
    show = tables.markdown if as_markdown else tables.terminal
    return "\n".join(show(table) for table in found)

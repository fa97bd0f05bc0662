# SPDX-License-Identifier: Apache-2.0
"""What the gate says of a recorded suite: decided again by m1bench itself, and by the statistics here."""
import dataclasses
import json
import subprocess

import numpy

from study import estimates

OUTCOMES = {0: "ok", 1: "regressed", 3: "unsure"}  # exit codes; others are no answer of the gate
NAMES = {estimates.OK: "ok", estimates.UNSURE: "unsure", estimates.REGRESSED: "regressed"}
PATIENCE_S = 120


@dataclasses.dataclass
class Decided:
    outcome: str   # of the suite: "ok", "unsure", "regressed", or "none" where there was no answer
    cases: dict    # (case, target) -> the same for one case
    changes: dict  # (case, target) -> (log change, half-width), as m1bench computed them


def by_m1bench(program, suite, margin):
    """Asks `m1bench compare`; None where this m1bench cannot answer."""
    command = [program, "compare", suite.file, "--format", "json", *(["--strict"] if margin == "strict" else [])]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE_S)
        document = json.loads(done.stdout)
        rows = {(row["case"], row["target"]): row for row in document["changes"]}
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        return None
    changes = {key: (row["log_change"], row["half_width"]) for key, row in rows.items()
               if row.get("log_change") is not None and row.get("half_width") is not None}
    return Decided(OUTCOMES.get(done.returncode, "none"), {key: row.get("decision") for key, row in rows.items()}, changes)


def is_confirmed(series):
    """Is there a fresh second sample, which then decides alone?"""
    return len(series.second) >= estimates.MIN_BLOCKS


def deciding_estimate(series):
    return estimates.estimate(series.second, looked=False) if is_confirmed(series) else estimates.estimate(series.ratios)


def by_numpy(suite, margin):
    """The same rules on the raw blocks: cases with a second sample are a family of their own and are decided on that alone."""
    if not suite.series:
        return Decided("none", {}, {})
    every, share = suite.series.values(), estimates.MARGINS[margin]
    first, last = (estimates.side_by_side([estimates.gate_tests(estimate(series), share, series.base_loop_s) for series in every])
                   for estimate in (lambda series: estimates.estimate(series.ratios), deciding_estimate))
    again = numpy.array([[is_confirmed(series) for series in every]])
    decided = numpy.where(again, estimates.decide(last, again), estimates.decide(first))[0]
    return Decided(NAMES[int(decided.max())], {key: NAMES[int(one)] for key, one in zip(suite.series, decided)}, {})


def largest_disagreement(suite, decided):
    """Between m1bench's estimates and these ones: the number of cases compared, and the largest difference in log."""
    compared, largest = 0, 0.0
    for key, (change, half_width) in decided.changes.items():
        if key not in suite.series:
            continue
        own = deciding_estimate(suite.series[key])
        compared += 1
        largest = max(largest, abs(own.theta[0] - change), abs(own.half_width[0] - half_width))
    return compared, largest

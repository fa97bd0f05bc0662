# SPDX-License-Identifier: Apache-2.0
"""A comparison as Markdown for GitHub, safe to be posted with a token whoever made it.

Everything that came from the artefact is a number that is formatted here, a word out of a fixed list, or a code span of
harmless characters. In a code span GitHub makes no mention, link, image, issue reference or HTML of anything; the characters
that could end the span or the table's cell, or work outside of it, are replaced all the same.
"""
import math
from statistics import NormalDist

import comparison as gate

ROWS_SHOWN = 60
NAMES_SHOWN = 12
LEAST_S = 1e-6  # what a loop must have got slower by to count: GateOptions::least_s
LENGTH_LIMIT = 60000  # characters; GitHub refuses a comment of more than 65536

HARMLESS = str.maketrans({"`": "'", "|": "/", "<": "(", ">": ")", "@": "(at)", "\\": "/"})

HEADLINES = {
    "ok": "no slowdown found",
    "unsure": "nothing can be said about some cases; nothing that can be said is a slowdown",
    "regressed": "slower than base",
    "not comparable": "base and head cannot be compared",
    "wrong answers": "wrong answers",
}


def code(text, limit=80):
    """Any text as a code span of at most `limit` characters of printable ASCII, all others shown as `?`."""
    kept = "".join(letter if " " <= letter <= "~" else "?" for letter in text[:limit]).translate(HARMLESS)
    return f"`{kept}{'...' if len(text) > limit else ''}`" if kept.strip() else "`?`"


def significant(number):
    """Three significant digits, never with an exponent: 1.23, 12.3, 123, 1230."""
    if number == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(number)))
    return f"{number:.{digits}f}"


def seconds(time_s):
    for unit, factor in (("s", 1), ("ms", 1e3), ("us", 1e6)):
        if time_s * factor >= 1:
            return f"{significant(min(time_s * factor, 1e6))} {unit}"
    return f"{time_s * 1e9:.0f} ns"


def ratio(number):
    return significant(number) + "x" if 1e-3 <= number <= 1e6 else "out of range"


def detectable(change, tested):
    """The smallest slowdown, as a share of the time, that a measurement with this interval finds 19 times of 20: beyond the
    margin by the error that the first step of Holm's method asks for, and once more for bad luck; and never below LEAST_S a loop.
    The interval is taken for a normal one, which makes it a little too large (docs/measurement.md). None if nothing below
    11 times the time would have been found."""
    if change.half_width is None or not change.base_s:
        return None
    normal = NormalDist()
    error = change.half_width / normal.inv_cdf(0.975)
    luck = normal.inv_cdf(0.95)
    strict = normal.inv_cdf(1 - 0.05 / min(max(tested, 1), gate.ROW_LIMIT))
    smallest = max(math.log1p(change.margin) + strict * error, math.log1p(LEAST_S / change.base_s)) + luck * error
    return math.expm1(smallest) if smallest < math.log(11) else None


def percent(share):
    return f"{100 * share:.1f} %" if share < 0.1 else f"{100 * share:.0f} %"


def what_can_be_found(compared):
    found = sorted(share for share in (detectable(change, compared.tested) for change in compared.changes) if share is not None)
    if not found:
        return "No case was measured well enough: no slowdown could have been found.\n"
    span = percent(found[0]) if percent(found[0]) == percent(found[-1]) else f"{percent(found[0])} to {percent(found[-1])}"
    return (f"The noise of this machine lets a slowdown of {span}, depending on the case, be found 19 times of 20 "
            f"(margin {percent(min(compared.margin, 1))}, more where a control shows more noise). Smaller ones may pass.\n")


def row_of(change, tested):
    interval = ""
    if change.low is not None and change.high is not None:
        interval = f" [{ratio(change.low)}, {ratio(change.high)}]"
    smallest = detectable(change, tested)
    cells = [code(change.case), code(change.target),
             seconds(change.base_s) if change.base_s is not None else "",
             seconds(change.head_s) if change.head_s is not None else "",
             ratio(change.change) + interval if change.change is not None else "",
             percent(smallest) if smallest is not None else "",
             f"**{change.decision}**" if change.decision != "ok" else "ok"]
    return "| " + " | ".join(cells) + " |\n"


def names(title, texts):
    if not texts:
        return ""
    more = f" and {len(texts) - NAMES_SHOWN} more" if len(texts) > NAMES_SHOWN else ""
    return f"\n{title}: " + ", ".join(code(text) for text in texts[:NAMES_SHOWN]) + more + "\n"


def table(compared):
    if not compared.changes:
        return ""
    rows = sorted(compared.changes, key=lambda change: gate.DECISIONS.index(change.decision))
    text = ("\n| case | target | base | head | head takes, of base's time | could be found | decision |\n"
            "|---|---|--:|--:|--:|--:|---|\n")
    text += "".join(row_of(change, compared.tested) for change in rows[:ROWS_SHOWN])
    if len(rows) > ROWS_SHOWN:
        text += f"\n{len(rows) - ROWS_SHOWN} more rows are in the run's own report.\n"
    for change in rows[:NAMES_SHOWN]:
        if change.decision != "ok" and change.cause:
            text += f"\n- {code(change.case)}: {code(change.cause, 240)}"
    return text + "\n"


def render(compared):
    """The whole comparison, its heading first."""
    text = f"### m1bench: {HEADLINES[compared.outcome]}\n\n"
    text += what_can_be_found(compared) + table(compared)
    text += names("Not alike in base and head", compared.unlike)
    text += names("Warnings", sorted(set(compared.warnings)))
    if len(text) > LENGTH_LIMIT:
        text = text[:text.rindex("\n", 0, LENGTH_LIMIT)] + "\n\nThe rest is left out.\n"
    return text

# SPDX-License-Identifier: Apache-2.0
"""The table of a sitting, and what became of each wish."""
import datetime
import os
import pathlib
import platform
import re

from peers import kinds
from peers.proof import SATURATES, SATURATION
from study.tables import Table, markdown, terminal

HEADINGS = ["case", "threads", "tier", "peer", "its time", "m1bench", "ours / peer", "wanted", ""]
UNITS = ((1, "s"), (1e-3, "ms"), (1e-6, "us"))


def time_text(seconds):
    size, unit = next(((size, unit) for size, unit in UNITS if seconds >= size), UNITS[-1])
    return f"{seconds / size:.3g} {unit}"


def number_text(value):
    """Three digits behind the point where the wishes are; elsewhere three at all."""
    return f"{value:.3f}" if 0.1 <= value < 10 else f"{value:.3g}"


def ratio_text(ratio):
    middle, low, high = (None if value is None else number_text(value) for value in ratio)
    return middle if low is None else f"{middle} [{low}, {high}]"


def verdict(ratio, at_most):
    """Met or missed where the whole interval says so; too few blocks for an interval say nothing."""
    _, low, high = ratio
    if low is None or low <= at_most < high:
        return "unsure"
    return "met" if high <= at_most else "missed"


def tier_text(made, entrant):
    isa = entrant.contestant.facts.get("isa")
    return (made.slice_name if entrant.tier == "held" else "free") + (f" ({isa})" if isa else "")


def lines(made):
    """One for each peer, held or free: the cells of the table."""
    at_most = made.row.wanted(made.slice_name)
    for entrant in made.entrants:
        start = [made.row.case, made.threads, tier_text(made, entrant), entrant.title]
        ratio = None if entrant.refused or made.failed else made.ratio(entrant.contestant.name)
        if ratio is None:
            yield [*start, "-", "-", "-", "-", made.failed or entrant.refused or "not measured"]
            continue
        wish = [f"{at_most:g}", verdict(ratio, at_most)] if entrant.counts else ["", ""]
        times = [time_text(made.loop_s(entrant.contestant.name)), time_text(made.loop_s(made.own.name))]
        yield [*start, *times, ratio_text(ratio), wish[0], ", ".join(filter(None, [wish[1], entrant.note]))]


def outcome(made):
    """Of the wish: "met" takes every peer of the row, "missed" one."""
    counted = [entrant for entrant in made.entrants if entrant.counts and not entrant.refused]
    ratios = [made.ratio(entrant.contestant.name) for entrant in counted]
    found = {verdict(ratio, made.row.wanted(made.slice_name)) for ratio in ratios if ratio}
    if "missed" in found:
        return "missed"
    if {entrant.peer for entrant in counted} != set(made.row.peers) or None in ratios:
        return "incomplete"
    return "met" if found == {"met"} else "unsure"


def summary(sitting):
    outcomes = [outcome(made) for made in sitting.comparisons]
    parts = [f"{outcomes.count(word)} {word}" for word in ("met", "missed", "unsure", "incomplete") if word in outcomes]
    said = [f"{len(outcomes)} comparisons: {', '.join(parts)}." if outcomes else "Nothing was compared."]
    said += [f"Not here: {kinds.KINDS[peer].title} ({reason})." for peer, reason in sitting.missing.items()]
    if sitting.unknown:
        said.append(f"This m1bench has no {', '.join(sitting.unknown)}.")
    if any(entrant.peer == "tensorflow" for made in sitting.comparisons for entrant in made.entrants):
        said += kinds.NOTES
    if any(entrant.note for made in sitting.comparisons for entrant in made.entrants):
        said.append(f"{SATURATES}: {SATURATION}")
    return said


def cpu_name():
    try:
        found = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found.group(1) if found else platform.processor() or platform.machine()


def circumstances(sitting, blocks):
    hello = next((made.own.facts for made in sitting.comparisons if made.own.facts), {})
    return [f"Machine: {cpu_name()}, {os.cpu_count()} CPUs, {platform.system()} {platform.release()}; "
            f"{datetime.date.today().isoformat()}; load {os.getloadavg()[0]:.1f} at the end.",
            f"m1bench: build {hello.get('build_id', 'unknown')}, {hello.get('compiler', 'unknown compiler')}.",
            f"{blocks} blocks of fresh processes that take turns; ratios of time, with 95 % intervals; times are medians. "
            "`free`: the peer may use all that the CPU has, which is for comparison only."]


def text(sitting, blocks, as_markdown):
    said = [*circumstances(sitting, blocks), *summary(sitting)]
    rows = [line for made in sitting.comparisons for line in lines(made)]
    table = Table("m1bench and its peers", HEADINGS, rows, "\n".join(f"- {line}" if as_markdown else line for line in said))
    return (markdown if as_markdown else terminal)(table)

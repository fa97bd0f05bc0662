# SPDX-License-Identifier: Apache-2.0
"""Reads the raw runs of a study: for each suite and case the blocks of head against base."""
import dataclasses
import json
import math

import numpy

from study.estimates import MIN_BLOCKS
from study.failure import StudyError
from study.sitting import RECORDS, is_finished, is_loaded


@dataclasses.dataclass
class Series:
    """One case on one target in one suite, in the order of measuring."""
    ratios: numpy.ndarray  # first stage: log(head / base), one for each block
    second: numpy.ndarray  # of the second stage, where there was one
    base: list             # first stage: for each block, seconds a loop of every slot
    head: list

    @property
    def base_loop_s(self):
        return float(numpy.median(numpy.concatenate(self.base)))


@dataclasses.dataclass
class Suite:
    name: str
    file: object           # of run.json
    loaded: bool
    exit_code: object      # None where the study was killed before it was written down
    wall_s: object
    run: dict              # without its blocks
    series: dict           # (case, target) -> Series


def loop_times(block):
    """target -> seconds a loop of each slot; without targets that have no usable slots."""
    times = {}
    for entry in block["targets"]:
        walls = numpy.array(entry["wall_s"], float)
        if walls.size and entry["loops"] > 0 and (walls > 0).all():
            times[entry["target"]] = walls / entry["loops"]
    return times


def log_ratio(own, other):
    """As in src/stats/block_ratio.cpp: slots are paired where both have as many."""
    if own.size == other.size:
        return float(numpy.median(numpy.log(own / other)))
    return float(numpy.median(numpy.log(own)) - numpy.median(numpy.log(other)))


def read_series(run):
    """(case, target without side) -> Series, of the cases with enough blocks for an interval."""
    heads = [target["name"] for target in run["targets"] if target["side"] == "head"]
    collected = {}
    for block in run["blocks"]:
        if block.get("superseded"):
            continue
        times = loop_times(block)
        for head in heads:
            name = head.split(":", 1)[-1]
            base = f"base:{name}"
            if base not in times or head not in times:
                continue
            ratio = log_ratio(times[head], times[base])
            series = collected.setdefault((block["case"], name), Series([], [], [], []))
            if block.get("stage", 1) == 1:
                series.ratios.append(ratio)
                series.base.append(times[base])
                series.head.append(times[head])
            else:
                series.second.append(ratio)
    enough = {key: series for key, series in collected.items() if len(series.ratios) >= MIN_BLOCKS}
    for series in enough.values():
        series.ratios, series.second = numpy.array(series.ratios), numpy.array(series.second)
    return enough


def read_suites(folder):
    """The finished suites of a group, by name."""
    records = {}
    if (folder / RECORDS).exists():
        for line in (folder / RECORDS).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            records[record["folder"]] = record
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8")) if (folder / "plan.json").exists() else {}
    suites = []
    for file in sorted(folder.glob("*-[0-9]*/run.json")):
        if not is_finished(file.parent):
            continue
        name = file.parent.name
        run = json.loads(file.read_text(encoding="utf-8"))
        record = records.get(name) or {"load": loaded_by_plan(name, plan)}
        series = read_series(run)
        del run["blocks"]
        suites.append(Suite(name, file, record["load"], record.get("exit_code"), record.get("wall_s"), run, series))
    return suites


def loaded_by_plan(name, plan):
    """Where the study was killed between a suite's end and its record, the plan tells whether it was loaded."""
    if "load" not in plan:
        raise StudyError(f"{name} is neither in {RECORDS} nor planned: was it under load?")
    return is_loaded(int(name.rpartition("-")[2]), plan["load"])


def case_keys(suites):
    """(case, target) in order of the first suite's cases."""
    order = [item["name"] for item in suites[0].run["cases"]] if suites else []
    keys = {key for suite in suites for key in suite.series}
    return sorted(keys, key=lambda key: (order.index(key[0]) if key[0] in order else math.inf, key[1]))

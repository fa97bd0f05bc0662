# SPDX-License-Identifier: Apache-2.0
"""What would happen in ten thousand suites, drawn from the blocks that were recorded.

Blocks are drawn in chunks of CHUNK neighbours, because neighbours resemble one another (they share the machine's mood, and
CPUs alternate between them). From where, there are two answers, and the report shows both:

- "one suite": all blocks of a case come from one recorded suite, drawn at random. What is peculiar to a session stays in, but
  the recorded estimate is off by its own sampling error and a draw from it by another one: the spread counts about twice, and
  few distinct blocks make narrow intervals. Rates are too high rather than too low.
- "all suites": each chunk comes from any recorded suite. The spread counts once; what is peculiar to a session averages out.
"""
import dataclasses

import numpy

from study import estimates

CHUNK = 3
SECOND_STAGE_BLOCKS = 16
PLACES = ("one suite", "all suites")


def chunk_rows(series, starts, blocks):
    """Rows of `blocks` values: chunks of neighbours beginning at `starts` (rows, chunks); the end goes on at the beginning."""
    index = (starts[:, :, None] + numpy.arange(CHUNK)) % len(series)
    return series[index].reshape(len(starts), -1)[:, :blocks]


def draw_from_one(recorded, origins, blocks, generator):
    """For each row, whose suite is origins[row], `blocks` values out of that suite's series."""
    chunks = -(-blocks // CHUNK)
    rows = numpy.empty((len(origins), blocks))
    for suite in numpy.unique(origins):
        chosen = origins == suite
        starts = generator.integers(len(recorded[suite]), size=(int(chosen.sum()), chunks))
        rows[chosen] = chunk_rows(recorded[suite], starts, blocks)
    return rows


def draw_from_all(recorded, count, blocks, generator):
    """`count` rows of `blocks` values, each chunk out of the series of any suite."""
    chunks = -(-blocks // CHUNK)
    origins = generator.integers(len(recorded), size=count * chunks)
    return draw_from_one(recorded, origins, CHUNK, generator).reshape(count, -1)[:, :blocks]


def draw(recorded, origins, blocks, place, generator):
    """Rows of `blocks` values, one for each of the origins; those matter only where one suite is drawn from."""
    if place == "one suite":
        return draw_from_one(recorded, origins, blocks, generator)
    return draw_from_all(recorded, len(origins), blocks, generator)


def first_stage(recorded, origins, place, generator):
    """Of one case: each resample has as many blocks as the suite it originates from."""
    blocks = numpy.array([len(one) for one in recorded])[origins]
    found = estimates.Estimates(*numpy.empty((3, len(origins))))
    for length in numpy.unique(blocks):
        chosen = blocks == length
        of_length = estimates.estimate(draw(recorded, origins[chosen], int(length), place, generator))
        for field in dataclasses.fields(found):
            getattr(found, field.name)[chosen] = getattr(of_length, field.name)
    return found


@dataclasses.dataclass
class Rates:
    """Shares of the resampled suites or, where it says so, of their cases."""
    false_verdicts: float      # of cases
    any_false_verdict: float   # of suites with at least one
    one_stage: tuple           # (regressed, unsure) of suites
    two_stages: tuple          # (regressed, unsure) of suites
    regressed_cases: list      # of each case, two stages


def suite_shares(decisions):
    """Of (suites, cases): how many suites are regressed, and how many unsure and not regressed."""
    worst = decisions.max(axis=1)
    return float((worst == estimates.REGRESSED).mean()), float((worst == estimates.UNSURE).mean())


def resample(cases, place, margin, count, generator):
    """Rates over `count` resampled suites of these cases, each a list of Series; margin as a share of the time."""
    verdicts, first, second = [], [], []
    for series in cases:
        recorded = [one.ratios for one in series]
        base_loop_s = numpy.median([one.base_loop_s for one in series])
        origins = generator.integers(len(recorded), size=count)
        found = first_stage(recorded, origins, place, generator)
        again = estimates.estimate(draw(recorded, origins, SECOND_STAGE_BLOCKS, place, generator), looked=False)
        verdicts.append(estimates.verdicts(found))
        first.append(estimates.gate_tests(found, margin, base_loop_s))
        second.append(estimates.gate_tests(again, margin, base_loop_s))
    different = numpy.column_stack(verdicts) != 0
    first, second = estimates.side_by_side(first), estimates.side_by_side(second)
    decisions = estimates.decide(second, estimates.in_doubt(first))
    return Rates(float(different.mean()), float(different.any(axis=1).mean()), suite_shares(estimates.decide(first)),
                 suite_shares(decisions), (decisions == estimates.REGRESSED).mean(axis=0).tolist())

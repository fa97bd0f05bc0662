# SPDX-License-Identifier: Apache-2.0
"""One case on one slice with one number of threads: m1bench beside every peer of its row."""
import dataclasses
import pathlib

import numpy

from peers import kinds, ours
from peers.blocks import Contestant, Lost, block_cpus, measure_block
from study import estimates
from study.runs import log_ratio

SCRIPTS = pathlib.Path(__file__).resolve().parent.parent
OURS = "m1bench"
HELD, FREE = "held", "free"


@dataclasses.dataclass
class Entrant:
    """A peer, held to the slice's instructions or free."""
    peer: str
    tier: str
    contestant: Contestant
    counts: bool        # the row's wish is about this one
    refused: str = ""   # why it is not compared
    note: str = ""      # what must be said beside its time

    @property
    def title(self):
        return f"{kinds.KINDS[self.peer].title} {self.contestant.facts.get('version', '')}".strip()


@dataclasses.dataclass
class Comparison:
    row: object
    slice_name: str
    threads: int
    own: Contestant
    entrants: list
    blocks: list = dataclasses.field(default_factory=list)  # name -> seconds a loop of each slot
    failed: str = ""                                         # why m1bench itself is not compared

    @property
    def name(self):
        return f"{self.row.case}, {self.slice_name}, {self.threads} thread{'s' if self.threads > 1 else ''}"

    def standing(self):
        """Who still takes part."""
        return [] if self.failed else [entrant for entrant in self.entrants if not entrant.refused]

    def add_block(self, cpus, random):
        """One more block. Who fails in it is out, and the others go on without it."""
        while self.standing():
            contestants = [self.own, *(entrant.contestant for entrant in self.standing())]
            try:
                self.blocks.append(measure_block(contestants, block_cpus(cpus, self.threads, len(self.blocks)), random))
                return
            except Lost as lost:
                self.lose(lost.contestant, str(lost))

    def lose(self, contestant, reason):
        if contestant is self.own:
            self.failed = reason
        for entrant in self.entrants:
            if entrant.contestant is contestant:
                entrant.refused = reason

    def log_ratios(self, name):
        """log(m1bench / peer), one for each block that both were in."""
        pairs = [(numpy.array(block[OURS]), numpy.array(block[name])) for block in self.blocks if name in block]
        return numpy.array([log_ratio(own, other) for own, other in pairs])

    def loop_s(self, name):
        return float(numpy.median([numpy.median(block[name]) for block in self.blocks if name in block]))

    def ratio(self, name):
        """(ratio, low, high); no ends below three blocks. Nothing without blocks."""
        ratios = self.log_ratios(name)
        if not ratios.size:
            return None
        if ratios.size < estimates.MIN_BLOCKS:
            return float(numpy.exp(ratios.mean())), None, None
        found = estimates.estimate(ratios, looked=False)
        theta, half = float(found.theta[0]), float(found.half_width[0])
        return tuple(float(numpy.exp(value)) for value in (theta, theta - half, theta + half))


def entrant_of(peer, python, slice_name, tier, request):
    kind = kinds.KINDS[peer]
    holding = kinds.holding_environment(kind, slice_name)
    if tier == HELD and not holding:
        return None
    # What the user's own environment holds libraries to is no business of a free one.
    environment = dict.fromkeys(kinds.HOLDS) | kinds.threads_environment(request["threads"]) | (holding if tier == HELD else {})
    contestant = Contestant(f"{peer}/{tier}", [python, "-m", kind.module], environment, request, SCRIPTS)
    return Entrant(peer, tier, contestant, counts=tier == HELD or not holding)


def make_comparison(row, slice_name, command, threads, pythons, data):
    """`pythons`: peer -> the Python that has it; `data`: the folder of the case's dump."""
    own = Contestant(OURS, command, {}, ours.preparation(row.case, threads, data), kind=ours.Worker)
    request = {"case": row.case, "threads": threads, "path": str(data)}
    made = [entrant_of(peer, pythons[peer], slice_name, tier, request)
            for peer in row.peers if peer in pythons for tier in (HELD, FREE)]
    return Comparison(row, slice_name, threads, own, [entrant for entrant in made if entrant])

# SPDX-License-Identifier: Apache-2.0
"""Blocks of fresh processes that take turns, as m1bench measures (docs/measurement.md, "The schedule"): without its canary, and
with a fixed number of blocks.
"""
import contextlib
import dataclasses
import math

from peers.child import Child, ChildFailed

SLOTS = 24             # of each in a block: many short ones, because noise comes and goes within a block
SLOT_S = 0.005
SLOTS_S = 0.6          # of each in a block: where a loop is long, fewer slots, but
LEAST_SLOTS = 4
WARM_SLOT_SHARE = 0.25 # of a slot, untimed, before each slot
WARM_UP_SLOTS = 2      # in every block
WARM_LOOP_S = 0.1      # a loop longer than this warms itself
MARGIN = 1.05          # on SLOT_S, for loops that will be a little faster


@dataclasses.dataclass
class Contestant:
    """m1bench or a peer, with what it takes to start it and to have it prepared."""
    name: str
    command: list
    environment: dict
    request: dict              # for `prepare`
    folder: object = None      # to start it in
    kind: type = Child
    facts: dict = dataclasses.field(default_factory=dict)
    loops: int = 0             # of a slot; 0: not calibrated yet
    loop_s: float = 0

    def start(self, cpus):
        child = self.kind(self.command, self.environment, cpus, self.folder)
        try:
            self.facts = child.hello
            child.ask("prepare", **self.request)
        except BaseException:
            child.end()
            raise
        return child

    def calibrate(self, child):
        """How many loops last a slot. Doubling overshoots by half on average; a little more than enough is enough."""
        self.loops = 1
        child.ask("run", loops=1, warm_loops=0)
        while True:
            wall_s = child.ask("run", loops=self.loops, warm_loops=0)["wall_s"]
            self.loop_s = wall_s / self.loops
            if wall_s >= SLOT_S:
                break
            self.loops *= 2
        self.loops = min(self.loops, math.ceil(MARGIN * SLOT_S / self.loop_s))
        child.settle()

    @property
    def slots(self):
        slot_s = self.loops * self.loop_s
        return SLOTS if SLOTS * slot_s <= SLOTS_S else max(LEAST_SLOTS, int(SLOTS_S / slot_s))

    @property
    def warm_loops(self):
        return math.ceil(WARM_SLOT_SHARE * self.loops) if self.loop_s <= WARM_LOOP_S else 0


class Lost(Exception):
    """A contestant that failed in a block, and why."""

    def __init__(self, contestant, reason):
        super().__init__(reason)
        self.contestant = contestant


def turns(count, passes, random):
    """Who works when: in each pair of passes the second is the mirror image of a random first, so that a steady drift of the
    machine cancels (ABBA for two)."""
    order = []
    while len(order) < passes * count:
        first = random.sample(range(count), count)
        order += first + first[::-1]
    return order[:passes * count]


def block_cpus(allowed, threads, block):
    """Neighbours, moving on from block to block; none where the system does not pin."""
    if threads >= len(allowed):
        return list(allowed)
    return [allowed[(block * threads + i) % len(allowed)] for i in range(threads)]


def measure_block(contestants, cpus, random):
    """name -> seconds a loop in each slot, as many for each. Throws Lost."""
    with contextlib.ExitStack() as stack:
        children = {}
        # In random order: who takes its memory last has the faster pages.
        for i in random.sample(range(len(contestants)), len(contestants)):
            with losing(contestants[i]):
                children[i] = stack.enter_context(contestants[i].start(cpus))
        for i, child in children.items():
            with losing(contestants[i]):
                warm = WARM_UP_SLOTS * contestants[i].loops if contestants[i].loop_s <= WARM_LOOP_S else 0
                child.ask("run", loops=1, warm_loops=warm)
                child.settle()
        passes = min(contestant.slots for contestant in contestants)
        times = {contestant.name: [] for contestant in contestants}
        for i in turns(len(contestants), passes, random):
            with losing(contestants[i]):
                times[contestants[i].name].append(time_slot(contestants[i], children[i]))
    return times


def time_slot(contestant, child):
    reply = child.ask("run", loops=contestant.loops, warm_loops=contestant.warm_loops)
    child.settle()
    if not reply["wall_s"] > 0:
        raise ChildFailed("took no time")
    return reply["wall_s"] / contestant.loops


@contextlib.contextmanager
def losing(contestant):
    try:
        yield
    except ChildFailed as failure:
        raise Lost(contestant, str(failure)) from failure

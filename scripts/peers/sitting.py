# SPDX-License-Identifier: Apache-2.0
"""One sitting: looks who is here, proves answers, and measures round after round."""
import contextlib
import json
import os
import pathlib
import random
import sys
import tempfile

from peers import comparison, kinds, lock, ours, proof
from peers.child import Child, ChildFailed
from study.failure import Stopped, StudyError

SEED = 1  # of the order of things


def say(text):
    print(f"compare_peers: {text}", file=sys.stderr, flush=True)


def allowed_cpus():
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def find_peers(peers, pythons):
    """(peer -> the first Python that has it, peer -> why it is not here)"""
    found, missing = {}, {}
    for peer in peers:
        reasons = []
        for python in pythons:
            try:
                with Child([python, "-m", kinds.KINDS[peer].module], kinds.threads_environment(1), (), comparison.SCRIPTS):
                    found[peer] = python
                break
            except ChildFailed as failure:
                reasons.append(str(failure))
        if peer not in found:
            missing[peer] = "; ".join(dict.fromkeys(reasons))
    return found, missing


def chosen_slices(program, wanted):
    """name -> command"""
    native = ours.native_slices(program)
    if not native:
        raise StudyError("m1bench has no slice that this machine runs natively (`m1bench list targets`)")
    unknown = [name for name in wanted if name not in native]
    if unknown:
        raise StudyError(f"no native slice {' or '.join(unknown)} here; there are {', '.join(native)}")
    names = wanted or list(native)[-1:]
    return {name: native[name] for name in names}


def affordable(threads, cpus):
    """The numbers of threads that have a CPU each; all of them where the system does not tell."""
    fitting = [number for number in dict.fromkeys(threads) if not cpus or number <= len(cpus)]
    if not fitting:
        raise StudyError(f"there are only {len(cpus)} CPUs for this process; ask for fewer --threads")
    if len(fitting) < len(set(threads)):
        say(f"with {len(cpus)} CPUs: {' and '.join(map(str, fitting))} threads only")
    return fitting


class Sitting:
    def __init__(self, options, rows, program):
        self._options, self._program = options, program
        self._random = random.Random(SEED)
        self._cpus = allowed_cpus()
        self._slices = chosen_slices(program, options.slices)
        self._threads = affordable(options.threads, self._cpus)
        known = ours.cases(program)
        self.unknown = [row.case for row in rows if row.case not in known]
        self._rows = [row for row in rows if row.case in known]
        wanted = dict.fromkeys(peer for row in self._rows for peer in row.peers)
        self._pythons, self.missing = find_peers(wanted, options.python)
        self.comparisons = []

    def run(self):
        """All of it; a signal ends it early, and what there is until then counts."""
        try:
            with tempfile.TemporaryDirectory(prefix="m1bench-peers-") as folder, contextlib.ExitStack() as stack:
                verified = self._verified(pathlib.Path(folder))  # by m1bench, which takes the lock itself
                if self._options.lock:
                    stack.enter_context(lock.alone())
                self._admit(verified)
                for number in range(self._options.blocks):
                    self._measure_round(number)
        except Stopped as stopped:
            say("stopped; what was measured until now follows")
            return stopped.exit_code
        return 0

    def _verified(self, folder):
        """(row, folder of its dump) of the rows that some peer is here for."""
        rows = [row for row in self._rows if any(peer in self._pythons for peer in row.peers)]
        best = list(self._slices)[-1]
        return [(row, ours.dump(self._program, best, row.case, folder, self._options.lock)) for row in rows]

    def _admit(self, verified):
        for row, data in verified:
            for slice_name, command in self._slices.items():
                for threads in [row.threads] if row.threads else self._threads:
                    made = comparison.make_comparison(row, slice_name, command, threads, self._pythons, data)
                    say(f"proving: {made.name}")
                    proof.admit(made, data, self._cpus)
                    self.comparisons.append(made)

    def _measure_round(self, number):
        for made in self._random.sample(self.comparisons, len(self.comparisons)):
            say(f"block {number + 1} of {self._options.blocks}: {made.name}")
            made.add_block(self._cpus, self._random)
            if self._options.output:
                self.save(self._options.output / "peers.json")

    def save(self, file):
        """Every slot, replaced whole after each block."""
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        document = {"missing": self.missing, "comparisons": [raw(made) for made in self.comparisons]}
        part.write_text(json.dumps(document) + "\n", encoding="utf-8")
        part.replace(file)


def raw_entrant(entrant, contestant):
    return {"name": contestant.name, "environment": contestant.environment, "facts": contestant.facts, "loops": contestant.loops,
            "counts": entrant.counts, "refused": entrant.refused, "note": entrant.note}


def raw(made):
    return {
        "case": made.row.case, "slice": made.slice_name, "threads": made.threads, "at_most": made.row.wanted(made.slice_name),
        "failed": made.failed, "m1bench": {"command": made.own.command, "hello": made.own.facts, "loops": made.own.loops},
        "peers": [raw_entrant(entrant, entrant.contestant) for entrant in made.entrants],
        "blocks_loop_s": made.blocks}

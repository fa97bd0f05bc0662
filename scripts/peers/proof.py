# SPDX-License-Identifier: Apache-2.0
"""Before anything is timed: does a peer compute what m1bench computes, and how many loops last a slot?"""
import numpy

from peers.blocks import block_cpus
from peers.child import ChildFailed

SATURATES = "saturates"
SATURATION = ("where the CPU's dot products of bytes may not be used, the peer adds two products at a time in 16 bits, which "
              "saturate. Its sums are right if one factor has 7 bits, and wrong for the bytes that it is timed with.")


def admit(made, data, cpus):
    """Proves and calibrates everybody of a comparison; who computes something else is refused. `data`: the case's dump."""
    places = block_cpus(cpus, made.threads, 0)
    for entrant in made.entrants:
        try:
            with entrant.contestant.start(places) as child:
                prove(made.row, entrant, child, data)
                if not entrant.refused:
                    entrant.contestant.calibrate(child)
        except ChildFailed as failure:
            entrant.refused = str(failure)
    try:
        with made.own.start(places) as worker:
            made.own.calibrate(worker)
    except ChildFailed as failure:
        made.failed = str(failure)


def prove(row, entrant, child, data):
    entrant.refused = row.check(numpy.load(data / f"{row.answer}.npy"), answer_of(child, row, data))
    if entrant.refused and row.narrow and is_right_when_narrow(row, entrant, child, data):
        entrant.refused, entrant.note = "", SATURATES


def answer_of(child, row, data):
    file = data / "theirs.npy"
    child.ask("verify", path=str(file), loops=row.loops)
    return numpy.load(file)


def is_right_when_narrow(row, entrant, child, data):
    """Asks for the product again, with one bit less in one factor, and then has the true bytes prepared again."""
    narrow = data / "narrow"
    narrow.mkdir(exist_ok=True)
    factors = {name: numpy.load(data / f"{name}.npy") for name in ("a", "b")}
    factors[row.narrow] = factors[row.narrow] >> 1
    for name, values in factors.items():
        numpy.save(narrow / f"{name}.npy", values)
    child.ask("prepare", **entrant.contestant.request | {"path": str(narrow)})
    # In double precision every sum of less than 2^37 products of bytes is exact.
    right = factors["a"].astype(float) @ factors["b"].astype(float)
    wrong = row.check(right, answer_of(child, row, narrow))
    child.ask("prepare", **entrant.contestant.request)
    return not wrong

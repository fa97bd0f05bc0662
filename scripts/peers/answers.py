# SPDX-License-Identifier: Apache-2.0
"""Whether a peer computes what m1bench computes. Each judge returns "" or what is wrong, in a few words.

The two are compared with one another: m1bench's own answers are held to a reference by `m1bench verify`.
"""
import dataclasses

import numpy


def compared(ours, theirs, apart, allowed):
    """`apart` is a function of both that is at most `allowed` where they agree."""
    if ours.size != theirs.size:
        return f"answers {theirs.size} numbers instead of {ours.size}"
    theirs = theirs.reshape(ours.shape)
    if not numpy.isfinite(theirs).all():
        return "answers with numbers that are not finite"
    found = float(apart(ours.astype(float), theirs.astype(float)))
    return "" if found <= allowed else f"answers something else: {found:.2g} apart, {allowed:.2g} allowed"


@dataclasses.dataclass(frozen=True)
class Product:
    """Sums of `terms` products in single precision. Rounding errors of random sign grow like the square root of their number
    (Higham and Mary 2019); with both sides' and the worst of millions of elements, eight times that is still nobody's error.
    Taken by the largest element: an element near zero may be all rounding."""
    terms: int

    def __call__(self, ours, theirs):
        allowed = 8 * float(numpy.finfo(numpy.float32).eps) * self.terms**0.5
        return compared(ours, theirs, lambda a, b: abs(a - b).max() / abs(a).max(), allowed)


@dataclasses.dataclass(frozen=True)
class Losses:
    """Of the first steps, to one part in ten thousand, as m1bench compares its own."""

    def __call__(self, ours, theirs):
        return compared(ours, theirs, lambda a, b: (abs(a - b) / abs(a)).max(), 1e-4)


@dataclasses.dataclass(frozen=True)
class Exact:
    """Integers, every one of them the same."""

    def __call__(self, ours, theirs):
        return compared(ours, theirs, lambda a, b: abs(a - b).max(), 0)


@dataclasses.dataclass(frozen=True)
class Steps:
    """Quantised numbers: one step apart at most, for libraries round differently where a value lies between two steps."""

    def __call__(self, ours, theirs):
        return compared(ours, theirs, lambda a, b: abs(a - b).max(), 1)

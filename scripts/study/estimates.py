# SPDX-License-Identifier: Apache-2.0
"""The statistics of src/stats and of the gate once more, independently and for many samples at a time.

A sample is a row of log-ratios, one for each block; every function takes an array of (samples, blocks).
"""
import dataclasses

import numpy
from scipy import stats

TRIM = 0.2
LOOKING = 1.12         # as in src/stats/estimate.hpp: pays for looking after every block whether to stop
MIN_BLOCKS = 3
NOISE_FLOOR = 0.005
SIGNIFICANCE = 0.05    # of the gate, for all cases of a suite together
MARGINS = {"default": 0.05, "strict": 0.03}
LEAST_S = 1e-6         # a slowdown counts from this many seconds a loop on
OK, UNSURE, REGRESSED = 0, 1, 2


@dataclasses.dataclass
class Estimates:
    """Of each sample: the trimmed mean, its standard error (with LOOKING, if looked), and the degrees of freedom."""
    theta: numpy.ndarray
    error: numpy.ndarray
    degrees: int

    @property
    def half_width(self):
        return stats.t.ppf(0.975, self.degrees) * self.error


def estimate(samples, looked=True):
    """20 % trimmed means with winsorised standard errors (Yuen and Dixon 1973). `looked`: the number of blocks was chosen by
    looking at them."""
    ordered = numpy.sort(numpy.atleast_2d(samples), axis=1)
    blocks = ordered.shape[1]
    cut = int(TRIM * blocks)
    left = blocks - 2 * cut
    theta = ordered[:, cut:blocks - cut].mean(axis=1)
    ordered[:, :cut] = ordered[:, [cut]]
    ordered[:, blocks - cut:] = ordered[:, [blocks - cut - 1]]
    deviation = ordered.std(axis=1, ddof=1)
    return Estimates(theta, (LOOKING if looked else 1) * deviation / (left / blocks * numpy.sqrt(blocks)), left - 1)


def verdicts(estimates):
    """1: slower, -1: faster, 0: neither. The whole interval must lie beyond the noise floor."""
    floor = numpy.log1p(NOISE_FLOOR)
    slower = estimates.theta - estimates.half_width > floor
    faster = estimates.theta + estimates.half_width < -floor
    return slower.astype(int) - faster.astype(int)


@dataclasses.dataclass
class Tests:
    """What the gate looks at, an array each: of one sample or many, of one case or many."""
    p: numpy.ndarray      # of "no slower than the margin"
    fine: numpy.ndarray   # the one-sided 95 % upper bound is below the margin, or below LEAST_S a loop
    heavy: numpy.ndarray  # the estimate is slower by at least LEAST_S a loop


def gate_tests(estimates, margin, base_loop_s):
    """Tests of each sample; `margin` is a share of the time."""
    threshold = numpy.log1p(margin)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        distance = numpy.nan_to_num((estimates.theta - threshold) / estimates.error, nan=0)
    upper = estimates.theta + stats.t.ppf(1 - SIGNIFICANCE, estimates.degrees) * estimates.error
    return Tests(stats.t.sf(distance, estimates.degrees), (upper < threshold) | (base_loop_s * numpy.expm1(upper) < LEAST_S),
                 base_loop_s * numpy.expm1(estimates.theta) >= LEAST_S)


def side_by_side(tests):
    """One Tests of (samples, cases) from a list with one for each case."""
    return Tests(*(numpy.column_stack([getattr(test, field.name) for test in tests]) for field in dataclasses.fields(Tests)))


def holm(p, tested=None):
    """Adjusted p, of (suites, cases); where `tested` is false a case does not count and comes out as 1."""
    tested = numpy.ones(p.shape, bool) if tested is None else tested
    p = numpy.where(tested, p, numpy.inf)
    order = numpy.argsort(p, axis=1)
    rank = numpy.arange(p.shape[1])
    weights = numpy.maximum(tested.sum(axis=1, keepdims=True) - rank, 1)
    stepped = numpy.minimum(numpy.maximum.accumulate(numpy.take_along_axis(p, order, axis=1) * weights, axis=1), 1)
    adjusted = numpy.empty_like(p)
    numpy.put_along_axis(adjusted, order, stepped, axis=1)
    return numpy.where(tested, adjusted, 1)


def decide(tests, tested=None):
    """OK, UNSURE or REGRESSED for each (suite, case); what is not tested is OK."""
    regressed = (holm(tests.p, tested) < SIGNIFICANCE) & tests.heavy
    decision = numpy.where(regressed, REGRESSED, numpy.where(tests.fine, OK, UNSURE))
    return decision if tested is None else numpy.where(tested, decision, OK)


def in_doubt(tests):
    """What `ab` measures again."""
    return decide(tests) != OK


def clopper_pearson(hits, trials, confidence=0.95):
    """The exact interval of a share. Clopper and Pearson, Biometrika 26 (1934)."""
    if trials == 0:
        return 0.0, 1.0
    tail = (1 - confidence) / 2
    low = stats.beta.ppf(tail, hits, trials - hits + 1) if hits > 0 else 0.0
    high = stats.beta.ppf(1 - tail, hits + 1, trials - hits) if hits < trials else 1.0
    return float(low), float(high)

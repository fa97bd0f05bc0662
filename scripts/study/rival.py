# SPDX-License-Identifier: Apache-2.0
"""For contrast: how Google Benchmark's compare.py would judge the same slots, by a two-sided Mann-Whitney U test at 5 %."""
import numpy
from scipy import stats

SIGNIFICANCE = 0.05


def differs(base, head):
    """Does the U test of two pooled samples call them different?"""
    return bool(stats.mannwhitneyu(base, head, alternative="two-sided").pvalue < SIGNIFICANCE)


def slots_differ(series):
    """Every slot of every block is one repetition."""
    return differs(numpy.concatenate(series.base), numpy.concatenate(series.head))


def halves_differ(series):
    """As if one had run after the other: base's slots of the first half of the blocks against head's of the second."""
    half = len(series.base) // 2
    return differs(numpy.concatenate(series.base[:half]), numpy.concatenate(series.head[half:]))


def blocks_differ(series):
    """Every block's median is one repetition."""
    return differs([numpy.median(slots) for slots in series.base], [numpy.median(slots) for slots in series.head])

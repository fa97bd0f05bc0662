#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes tests/data/change_points/series.txt again: where Apache Otava finds change points in seeded series.

Otava's t-test takes biased standard deviations for unbiased ones; here it is given unbiased ones, as m1bench uses. Where it drops
a weak point, version 0.8 judges the two points after it anew and not the one before; so there are no series here in which
that matters, such as drifts. Needs apache-otava 0.8 (pip), NumPy and SciPy.
"""
import pathlib

import numpy as np
from otava import analysis
from otava.change_point_divisive.calculator import PairDistanceCalculator

OUT = pathlib.Path(__file__).resolve().parents[1] / "tests" / "data" / "change_points" / "series.txt"


class Unbiased:
    """NumPy with sample standard deviations."""

    def __getattr__(self, name):
        return getattr(np, name)

    @staticmethod
    def std(values):
        return np.std(values, ddof=1)


def series():
    """(name, window, values)"""
    rng = np.random.default_rng(1)
    for size in (12, 30, 60, 130):
        yield f"noise-{size}", 50, rng.normal(0, 0.01, size)
        for step in (0.02, 0.05):
            yield f"step-{step}-{size}", 50, rng.normal(0, 0.01, size) + step * (np.arange(size) >= size // 2)
        bump = (np.arange(size) >= size // 3) & (np.arange(size) < 2 * size // 3)
        yield f"bump-{size}", 50, rng.normal(0, 0.01, size) + 0.06 * bump
        yield f"outliers-{size}", 30, 0.01 * rng.standard_t(2, size)
    stairs = np.repeat([0, 0.05, 0.1, 0.02, 0.02, 0.07], 40)
    yield "stairs", 50, rng.normal(0, 0.01, stairs.size) + stairs


def main():
    analysis.np = Unbiased()
    lines = ["# name; window; best split; its distance; change points; values. Made by scripts/make_change_points.py"]
    for name, window, values in series():
        values = np.round(values, 5)
        best = PairDistanceCalculator(values).get_candidate_change_point(slice(None, None))
        found, _ = analysis.compute_change_points(list(values), window_len=window, max_pvalue=0.001, min_magnitude=-1)
        points = " ".join(str(point.index) for point in found)
        lines.append(f"{name}; {window}; {best.index}; {best.qhat:.12g}; {points}; {' '.join(f'{value:g}' for value in values)}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

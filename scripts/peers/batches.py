# SPDX-License-Identifier: Apache-2.0
"""What a dump of a training case holds, for peers."""
import pathlib

import numpy

BATCH = 32


class Batches:
    """The parameters before the first step, and the rows of the steps that are verified."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        count = len(list(folder.glob("param_*.npy")))
        self.parameters = [numpy.load(folder / f"param_{i}.npy") for i in range(count)]
        self.x, self.y = numpy.load(folder / "x.npy"), numpy.load(folder / "y.npy")

    def converted(self, convert):
        """(x, y) of each batch; converted and cut beforehand, so that a step is all that is timed."""
        starts = range(0, len(self.x), BATCH)
        return [(convert(self.x[i:i + BATCH]), convert(self.y[i:i + BATCH])) for i in starts]

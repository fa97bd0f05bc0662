# SPDX-License-Identifier: Apache-2.0
"""oneDNN's matrix product and convolution.

Arrays that change from call to call have the layout that m1bench has: row-major, channels last. So do both factors of a product.
The weights of a convolution oneDNN may have as it likes; putting them so is not timed, for a program does it once.
"""
import sys

import numpy

from peers import onednn_api as api
from peers.serve import Failure, Work, serve


class Computation(Work):
    def __init__(self, library, compute, output, shape, dtype):
        self.loop = compute
        self._answer = lambda: library.read(output, shape, dtype)

    def answer(self, _loops):
        self.loop()
        return self._answer()


def product(library, a, b):
    (m, k), n = a.shape, b.shape[1]
    dtype = numpy.int32 if a.dtype == numpy.int8 else a.dtype
    source, weights = library.layout((m, k), a.dtype, (k, 1)), library.layout((k, n), b.dtype, (n, 1))
    destination = library.layout((m, n), dtype, (n, 1))
    output = library.memory(destination)
    compute = library.computation(library.matmul(source, weights, destination), {
        api.SOURCE: library.memory(source, a), api.WEIGHTS: library.memory(weights, b), api.DESTINATION: output})
    return Computation(library, compute, output, (m, n), dtype)


def channels_last(n, c, h, w):
    """Strides of (n, c, h, w), which is oneDNN's order."""
    return h * w * c, 1, w * c, c


def convolution(library, x, filters):
    """Padding `same` and an odd filter."""
    (n, h, w, c), (r, s, _, k) = x.shape, filters.shape
    source = library.layout((n, c, h, w), x.dtype, channels_last(n, c, h, w))
    destination = library.layout((n, k, h, w), x.dtype, channels_last(n, k, h, w))
    given = library.layout((k, c, r, s), x.dtype, (1, k, s * c * k, c * k))
    description = library.convolution(source, library.layout((k, c, r, s), x.dtype), destination, (r // 2, s // 2))
    weights = library.reordered(library.memory(given, filters), given, library.weights_layout(description))
    output = library.memory(destination)
    compute = library.computation(description, {
        api.SOURCE: library.memory(source, x), api.WEIGHTS: weights, api.DESTINATION: output})
    return Computation(library, compute, output, (n, h, w, k), x.dtype)


def peer():
    library = api.Library()

    def prepare(case, folder, _threads):  # OMP_NUM_THREADS says how many; the one who starts this sets it
        family = case.split("/")[0]
        if family in ("matmul", "gemm"):
            return product(library, numpy.load(f"{folder}/a.npy"), numpy.load(f"{folder}/b.npy"))
        if family == "conv2d":
            return convolution(library, numpy.load(f"{folder}/x.npy"), numpy.load(f"{folder}/w.npy"))
        raise Failure(f"{case} is not oneDNN's")

    return {"version": library.version, "isa": library.isa}, prepare


if __name__ == "__main__":
    sys.exit(serve(peer))

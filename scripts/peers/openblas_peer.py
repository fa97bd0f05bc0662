# SPDX-License-Identifier: Apache-2.0
"""OpenBLAS's cblas_sgemm, through the C interface."""
import ctypes
import re
import sys

import numpy

from peers.libraries import load
from peers.serve import Failure, Work, serve

ROW_MAJOR, NO_TRANSPOSE = 101, 111
FLOATS = ctypes.POINTER(ctypes.c_float)


class Product(Work):
    """C = A B"""

    def __init__(self, library, a, b):
        (m, k), n = a.shape, b.shape[1]
        self._arrays = a, b, numpy.zeros((m, n), numpy.float32)
        pointers = [array.ctypes.data_as(FLOATS) for array in self._arrays]
        sizes = [ctypes.c_int(size) for size in (m, n, k)]
        library.cblas_sgemm.restype = None
        self._call = library.cblas_sgemm
        self._arguments = (ROW_MAJOR, NO_TRANSPOSE, NO_TRANSPOSE, *sizes, ctypes.c_float(1), pointers[0], sizes[2], pointers[1],
                           sizes[1], ctypes.c_float(0), pointers[2], sizes[1])

    def loop(self):
        self._call(*self._arguments)

    def answer(self, _loops):
        self.loop()
        return self._arrays[2]


def peer():
    library = load("libopenblas.so.0", "libopenblas.so", "libopenblas.dylib")
    library.openblas_get_config.restype = library.openblas_get_corename.restype = ctypes.c_char_p
    version = re.search(r"\d+\.\d+\S*", library.openblas_get_config().decode())

    def prepare(case, folder, threads):
        if not case.startswith(("matmul/f32/", "gemm/f32/")):
            raise Failure(f"{case} is not OpenBLAS's")
        library.openblas_set_num_threads(ctypes.c_int(threads))
        return Product(library, numpy.load(f"{folder}/a.npy"), numpy.load(f"{folder}/b.npy"))

    facts = {"version": version.group() if version else "of unknown version", "isa": library.openblas_get_corename().decode()}
    return facts, prepare


if __name__ == "__main__":
    sys.exit(serve(peer))

# SPDX-License-Identifier: Apache-2.0
"""Finds a C library: of the system, or of the environment that this Python belongs to."""
import ctypes
import pathlib
import sys


def load(*names):
    """The first of these that is there. Throws OSError."""
    for name in names:
        for place in (name, pathlib.Path(sys.prefix) / "lib" / name):
            try:
                return ctypes.CDLL(str(place))
            except OSError:
                continue
    raise OSError(f"no {' or '.join(names)}")

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints in a sentence which slowdown a comparison could have found: summary.py COMPARISON.json

COMPARISON.json is what `m1bench compare RUN --format json` wrote. What was found is in the summary already: m1bench writes it.
"""
import pathlib
import sys

import comparison
import markdown
from refused import Refused


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        print(markdown.what_can_be_found(comparison.read(pathlib.Path(sys.argv[1]).read_bytes())), end="")
    except (OSError, Refused) as error:
        sys.exit(f"summary: {error}")


if __name__ == "__main__":
    main()

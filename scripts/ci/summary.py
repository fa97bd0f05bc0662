#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints a comparison as Markdown for GitHub: summary.py COMPARISON.json

COMPARISON.json is what `m1bench compare RUN --format json` wrote. Beside the decisions it says which slowdown could have been
found in each case.
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
        print(markdown.render(comparison.read(pathlib.Path(sys.argv[1]).read_bytes())), end="")
    except (OSError, Refused) as error:
        sys.exit(f"summary: {error}")


if __name__ == "__main__":
    main()

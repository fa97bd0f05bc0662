#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How long do m1bench's kernels take beside the libraries that people would use instead?

  scripts/compare_peers.py --m1bench build/release                        every row, 1 and 2 threads
  scripts/compare_peers.py --m1bench build/release --cases 'matmul/f32/*' --threads 1
  scripts/compare_peers.py --m1bench build/release --python /usr/bin/python3 VENV/bin/python --markdown -o out

Installs nothing: a peer that is not here is listed with the reason. A peer is a child process of one of the Pythons named with
--python, the first that has it. On Debian: apt install libopenblas0 libdnnl2 python3-torch python3-numpy python3-scipy; in a
venv: pip install tensorflow-cpu.

Both sides get the same arrays, which m1bench makes, the same number of threads, and the same CPUs. A peer's answer is compared
with m1bench's before it is timed, and a peer that computes something else is not compared. Then fresh processes take turns, 24
slots of 5 ms each in every block (docs/measurement.md). m1bench runs as its best native slice (--slices for others). A peer is
timed twice: held to the instructions of that slice, where it can be (OPENBLAS_CORETYPE, ONEDNN_MAX_CPU_ISA, ATEN_CPU_CAPABILITY),
and free. What is wanted is wanted of the first.

A wish is "met" or "missed" where the whole 95 % interval lies on one side of it, else "unsure"; "incomplete" where a peer of its
row could not be compared. Exit codes: 0, 1 if a wish was missed, 2 if nothing could be measured. Ctrl-C prints what there is.
This Python needs NumPy and SciPy, which is why it is the system's; a peer's needs NumPy and the peer.
"""
import argparse
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from study.failure import Stopped, StudyError, stopping_on_signals  # noqa: E402

MISSED, USAGE = 1, 2


def positive(word):
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def interpreter(word):
    """Peers start elsewhere; a venv's Python is a link that must not be followed."""
    return os.path.abspath(word) if os.sep in word else word


def parse(words):
    parser = argparse.ArgumentParser(prog="compare_peers.py", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--m1bench", type=pathlib.Path, required=True, metavar="PATH",
                        help="a build folder, an installed tree or an executable")
    parser.add_argument("--cases", nargs="+", default=[], metavar="PATTERN", help="as for the shell; default: every row")
    parser.add_argument("--slices", nargs="+", default=[], metavar="SLICE", help="default: the best native one")
    parser.add_argument("--threads", nargs="+", type=positive, default=[1, 2], metavar="N",
                        help="for the rows that do not ask for one (default: 1 2)")
    parser.add_argument("--blocks", type=positive, default=12, metavar="N", help="of each row (default: %(default)s)")
    parser.add_argument("--python", nargs="+", type=interpreter, default=[sys.executable], metavar="PATH",
                        help="of the peers, in order of preference (default: the one that runs this)")
    parser.add_argument("--no-lock", dest="lock", action="store_false", help="measure although another m1bench does")
    parser.add_argument("--markdown", action="store_true", help="for a document")
    parser.add_argument("-o", "--output", type=pathlib.Path, metavar="FOLDER",
                        help="keeps every slot in FOLDER/peers.json, after each block")
    return parser.parse_args(words)


def compare(options):
    try:
        from peers import ours, report, rows, sitting
    except ImportError as error:
        remedy = "on Debian: apt install python3-numpy python3-scipy"
        raise StudyError(f"this needs NumPy and SciPy ({error}); {remedy}") from error
    wanted = rows.matching(options.cases)
    if not wanted:
        raise StudyError(f"no row matches {' or '.join(options.cases)}; there are {', '.join(row.case for row in rows.ROWS)}")
    measured = sitting.Sitting(options, wanted, ours.program_in(options.m1bench.resolve()))
    code = measured.run()
    print(report.text(measured, options.blocks, options.markdown), end="")
    if code:
        return code
    if not any(made.blocks for made in measured.comparisons):
        return USAGE
    return MISSED if "missed" in map(report.outcome, measured.comparisons) else 0


def main(words):
    options = parse(words)
    try:
        with stopping_on_signals():
            return compare(options)
    except Stopped as stopped:
        return stopped.exit_code
    except (StudyError, OSError) as error:
        print(f"compare_peers: {error}", file=sys.stderr)
        return USAGE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

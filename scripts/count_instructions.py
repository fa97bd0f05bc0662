#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How many instructions does a case take for each flop, in a slice that this machine may not be able to clock fairly?

  scripts/count_instructions.py --m1bench build/release matmul/f32/512 matmul/f32/512/eigen
  scripts/count_instructions.py --m1bench build/release --slice x86_64-v3 matmul/f64/512

Counted by valgrind (callgrind), on one thread: a worker that runs three loops less one that runs one, so that neither start-up
nor the making of inputs is in it. It is the same every time, but for the digits of the times in a reply. Valgrind knows no
AVX-512, so x86_64-v4 cannot be counted. On Debian: apt install valgrind. Exit codes: 0, or 2 if something could not be counted.
"""
import argparse
import json
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from peers.child import ChildFailed  # noqa: E402
from peers.ours import Worker, asked, native_slices, program_in  # noqa: E402
from study.failure import StudyError  # noqa: E402

LOOPS = 1, 3


def instructions(command, case, loops):
    """What one worker takes from its start to its end."""
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "log"
        valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log}"]
        with Worker(valgrind + command) as child:
            child.ask("prepare", case=case)
            child.ask("run", loops=loops)
        counted = re.search(r"Collected : (\d+)", log.read_text())
    if not counted:
        raise ChildFailed("valgrind told no count")
    return int(counted[1])


def count(options):
    program = program_in(options.m1bench)
    commands, cases = native_slices(program), json.loads(asked(program, "list", "cases", "--json"))
    flop = {row["name"]: row["flop"] for row in cases if row["flop"]}
    if options.slice not in commands:
        raise StudyError(f"{options.slice} does not run here; there are {', '.join(commands)}")
    for case in options.cases:
        if case not in flop:
            raise StudyError(f"'{case}' is no case that computes (`m1bench list cases`)")
        few, many = (instructions(commands[options.slice], case, loops) for loops in LOOPS)
        print(f"{case}  {(many - few) / (LOOPS[1] - LOOPS[0]) / flop[case]:.4f} instructions per flop", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--m1bench", type=pathlib.Path, required=True, help="a build folder or an installed tree")
    parser.add_argument("--slice", default="x86_64-v2")
    parser.add_argument("cases", nargs="+", metavar="CASE")
    try:
        count(parser.parse_args())
    except (ChildFailed, StudyError) as failure:
        print(f"count_instructions: {failure}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

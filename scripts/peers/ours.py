# SPDX-License-Identifier: Apache-2.0
"""m1bench's side: which slices this machine runs, and their workers."""
import json
import pathlib
import subprocess

from peers.child import Child
from study.failure import StudyError

SEED = 42
# A request names every field (src/result/fields.hpp); these are the values that say nothing.
FIELDS = {"case": "", "seed": SEED, "threads": 1, "data": "", "evaluation_data": "", "path": "", "loops": 1, "warm_loops": 0,
          "slowdown": 1, "want_checksum": False, "shared_bytes": 0, "resume": False, "for_training": False, "steps": 0}


class Worker(Child):
    def ask(self, verb, **fields):
        return super().ask(verb, **FIELDS | fields)


def program_in(path):
    """The executable in a build folder, in an installed tree, or itself."""
    program = path / "bin" / "m1bench" if path.is_dir() else path
    if not program.is_file():
        raise StudyError(f"{path} is neither a build folder, nor an installed tree (with bin/m1bench), nor an executable")
    return program


def asked(program, *words):
    try:
        done = subprocess.run([program, *words, "--json"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        raise StudyError(f"{program} {' '.join(words)} failed: {getattr(error, 'stderr', None) or error}") from error


def native_slices(program):
    """name -> command of its worker, the best one last."""
    return {row["slice"]: row["command"] for row in asked(program, "list", "targets")
            if row["available"] and row["translator"] == "native"}


def cases(program):
    return {row["name"] for row in asked(program, "list", "cases")}


def dump(command, case, loops, folder):
    """Writes inputs and answer of a case to a new folder, as `m1bench verify --dump` does."""
    pathlib.Path(folder).mkdir(parents=True)
    with Worker(command) as worker:
        worker.ask("prepare", case=case)
        worker.ask("dump", path=str(folder), loops=loops)

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
          "slowdown": 1, "want_checksum": False, "shared_bytes": 0, "resume": False, "for_training": False, "steps": 0,
          "observe_every": 0}


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
    """What it prints."""
    words = [str(word) for word in words]
    try:
        done = subprocess.run([program, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        reason = (getattr(error, "stderr", None) or str(error)).strip()
        raise StudyError(f"{program} {' '.join(words)} failed: {reason}") from error
    return done.stdout


def native_slices(program):
    """name -> command of its worker, the best one last."""
    return {row["slice"]: row["command"] for row in json.loads(asked(program, "list", "targets", "--json"))
            if row["available"] and row["translator"] == "native"}


def cases(program):
    return {row["name"] for row in json.loads(asked(program, "list", "cases", "--json"))}


def dump(program, slice_name, case, folder, lock=True):
    """The folder with inputs and answer of a case, verified by m1bench itself."""
    target = f"{slice_name}/native"
    asked(program, "verify", case, "--targets", target, "--seed", SEED, "--dump", folder, *([] if lock else ["--no-lock"]))
    return pathlib.Path(folder) / target.replace("/", "_") / case.replace("/", "_")


def preparation(case, threads, data):
    """What a worker must be told; `data`: the folder of a dump. Models a worker takes from a file, packed as they are dumped."""
    request = {"case": case, "threads": threads}
    if (data / "model.npy").exists():
        import numpy  # here, for those who only count instructions need none
        packed = data / "model.packed"
        numpy.load(data / "model.npy").tofile(packed)
        request["data"] = str(packed)
    return request

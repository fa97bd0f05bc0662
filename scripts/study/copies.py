# SPDX-License-Identifier: Apache-2.0
"""Two byte-identical copies of one installed m1bench: the base and the head of an A/A comparison."""
import hashlib
import pathlib
import shutil
import subprocess

from study.failure import StudyError

# Names of the same length: the length of a program's path moves its stack, and with it alignment and speed.
COPIES = ("copy-a", "copy-b")


def program_of(copy):
    return copy / "bin" / "m1bench"


def digest(copy):
    """One hash over the names and contents of what a copy executes."""
    whole = hashlib.sha256()
    for path in sorted(path for path in copy.rglob("*") if path.is_file()):
        whole.update(f"{path.relative_to(copy)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def install(source, destination):
    """Copies what runs from a build folder, an installed tree or an executable."""
    if (source / "cmake_install.cmake").exists():
        done = subprocess.run(["cmake", "--install", source, "--prefix", destination], capture_output=True, text=True)
        if done.returncode != 0:
            raise StudyError(f"cmake --install {source} failed: {done.stderr.strip()[-500:]}")
        return
    tree = source.parent.parent if source.is_file() else source
    program = source if source.is_file() else program_of(tree)
    if not program.is_file():
        raise StudyError(f"{source} is neither a build folder, nor an installed tree (with bin/m1bench), nor an executable")
    (destination / "bin").mkdir(parents=True)
    shutil.copy2(program, program_of(destination))
    slices = tree / "libexec" / "m1bench"
    if slices.is_dir():
        shutil.copytree(slices, destination / "libexec" / "m1bench")


def make_copies(folder, source):
    """The two copies in the study's folder; made once, so that a rebuild in between does not change what is studied."""
    base, head = (folder / name for name in COPIES)
    if not program_of(head).is_file():
        if source is None:
            raise StudyError(f"{folder} holds no copies of m1bench yet; say which one to study with --m1bench")
        for copy in (base, head):
            shutil.rmtree(copy, ignore_errors=True)
        install(pathlib.Path(source).resolve(), base)
        whole = folder / "copy-b.part"
        shutil.rmtree(whole, ignore_errors=True)
        shutil.copytree(base, whole)
        whole.rename(head)  # last and at once: where copy-b is, both are complete
    if digest(base) != digest(head):
        raise StudyError(f"{base} and {head} are not the same any more; start a new study in another folder")
    return base, head

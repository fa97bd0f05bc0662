#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the workflows and action.yml to what actionlint and zizmor say, and actions to full commits.

usage: workflows.py [SOURCE_DIR]

The tools are those in PATH, else those that scripts/lints.sh put into .deps/lints. Leaves with 77 (skipped) if one is missing and
all else is well. What zizmor is told to overlook stands in .github/zizmor.yml or beside it, with the reason.
"""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
TOOLS = {  # offline: a test asks nobody
    "actionlint": ["-no-color"],
    "zizmor": ["--offline", "--quiet", "--color=never", "--no-progress", "."],
}


def check_pins(texts):
    """(file, problem) of each action that is no full commit with its version behind it, or has two commits for one version."""
    commits = {}
    for name, text in texts.items():
        for used in re.findall(r"^\s*(?:- )?uses:\s*(.*?)\s*$", text, re.MULTILINE):
            action, _, rest = used.partition("@")
            if used.startswith("./"):
                continue
            if not PINNED.fullmatch(used):
                yield name, f"'{used}' is not pinned as OWNER/NAME@<40 hex digits> # vX.Y.Z"
            elif commits.setdefault(action, rest) != rest:
                yield name, f"{action} is pinned as {rest} here and as {commits[action]} elsewhere"


def run(tool, root):
    """True if the tool has nothing to say, False if it has, None if it is not there."""
    program = shutil.which(tool) or shutil.which(tool, path=str(root / ".deps" / "lints" / "bin"))
    if not program:
        return None
    return subprocess.run([program, *TOOLS[tool]], cwd=root, env={**os.environ, "NO_COLOR": "1"}, check=False).returncode == 0


def main(root):
    files = [root / "action.yml", *sorted((root / ".github" / "workflows").glob("*.yml"))]
    problems = list(check_pins({file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in files}))
    for name, problem in problems:
        print(f"{name}: {problem}")
    said = {tool: run(tool, root) for tool in TOOLS}
    for tool, fine in said.items():
        print(f"{tool}: {'not installed' if fine is None else 'fine' if fine else 'see above'}")
    if problems or False in said.values():
        return 1
    return 77 if None in said.values() else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()))

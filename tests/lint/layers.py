#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the include graph to the tables in docs/design.md.

usage: layers.py [SOURCE_DIR]

The block ```layers says which layer may include which; what a layer may use, it may use through another as well. The
block ```headers says which files alone may include a library's header. Also checked: project includes are written from
the root of include/ or src/, measured code uses neither the operating system nor output streams, conditions on the
operating system stay in src/platform, and no two headers define a type of one name, which no compiler would notice.
"""
import re
import sys
from fnmatch import fnmatch
from pathlib import Path

MEASURED = {"core", "tensor", "kernels", "nn", "data", "graph", "bench"}
NOT_FOR_MEASURED = re.compile(
    r"^(sys|mach|linux|arpa|netinet)/|^(unistd|fcntl|signal|spawn|poll|pthread|sched|dlfcn|time)\.h$"
    r"|^(iostream|ostream|istream|fstream|filesystem|chrono|csignal|print)$")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[>"]')
OS_CONDITION = re.compile(r"^\s*#\s*(if|ifdef|ifndef|elif)\b.*\b(__APPLE__|__linux__|_WIN32|TARGET_OS_\w+)\b")


def block(text, name):
    found = re.search(rf"^```{name}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise SystemExit(f"docs/design.md has no block ```{name}")
    return [line for line in found.group(1).splitlines() if line.strip()]


def layer_table(text):
    """layer -> every layer it may include, itself and those it reaches among them."""
    direct = {}
    for line in block(text, "layers"):
        row = re.match(r"(\w+)\s.*->\s*(.*)$", line)
        if not row:
            raise SystemExit(f"docs/design.md: not 'layer  what it is  -> layers': {line}")
        direct[row[1]] = row[2].split()
    for layer, uses in direct.items():
        if uses == ["everything"]:
            direct[layer] = [other for other in direct if other != layer]
        elif uses == ["nothing"]:
            direct[layer] = []
    unknown = {use for uses in direct.values() for use in uses} - set(direct)
    if unknown:
        raise SystemExit(f"docs/design.md: layers that are used but have no row: {', '.join(sorted(unknown))}")

    def reach(layer, seen):
        if layer not in seen:
            seen.add(layer)
            for use in direct[layer]:
                reach(use, seen)
        return seen

    return {layer: reach(layer, set()) for layer in direct}


def header_table(text):
    """Pairs of a header pattern and the file patterns that may include it."""
    rows = [line.split("->") for line in block(text, "headers")]
    return [(row[0].strip(), row[1].split()) for row in rows]


def layer_of(path):
    """The layer of a file or of an include, given from the project's root or as it is written."""
    parts = path.split("/")
    if parts[:2] == ["include", "m1bench"] and len(parts) > 3:
        return parts[2]
    if parts[0] in ("src", "m1bench") and len(parts) > 2:
        return parts[1]
    return None


def check_include(path, layer, target, quoted, table, headers):
    """What is wrong with one include of one file; nothing if it is in order."""
    for pattern, places in headers:
        if fnmatch(target, pattern) and not any(fnmatch(path, place) for place in places):
            return f"<{target}> belongs in {' '.join(places)} only"
    if layer is None:
        return None
    used = layer_of(target) or (target.split("/")[0] if "/" in target and target.split("/")[0] in table else None)
    if used is None:
        if layer in MEASURED and NOT_FOR_MEASURED.search(target):
            return f"{layer} is measured code and may not include <{target}>"
        return f'"{target}" is not written from the root of include/ or src/' if quoted else None
    if used not in table[layer]:
        return f"{layer} may not include {used} ({target})"
    return None


def check_file(path, text, table, headers):
    layer = layer_of(path)
    if layer is not None and layer not in table:
        yield 1, f"the layer {layer} has no row in docs/design.md"
        return
    for number, line in enumerate(text.splitlines(), 1):
        include = INCLUDE.match(line)
        if include:
            problem = check_include(path, layer, include[2], include[1] == '"', table, headers)
            if problem:
                yield number, problem
        if layer and OS_CONDITION.match(line) and not re.match(r"src/platform/\w+_(linux|macos|posix)\.cpp$", path):
            yield number, "conditions on the operating system belong in src/platform/*_{linux,macos,posix}.cpp"


def same_names(texts):
    """Types that two headers define in namespace m1bench itself: both would be one to the linker."""
    homes = {}
    for path, text in texts:
        if path.endswith(".hpp") and re.search(r"^namespace m1bench \{", text, re.MULTILINE):
            for name in re.findall(r"^(?:struct|class|enum class|union) (\w+)\b[^;\n]*\{", text, re.MULTILINE):
                homes.setdefault(name, set()).add(path)
    for name, paths in sorted(homes.items()):
        if len(paths) > 1:
            yield f"{name} is the name of a type in each of {', '.join(sorted(paths))}"


def sources(root):
    for folder in ("include", "src", "bench"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".hpp", ".cpp"):
                yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def main(root):
    design = (root / "docs/design.md").read_text(encoding="utf-8")
    table, headers = layer_table(design), header_table(design)
    texts = list(sources(root))
    problems = [f"{path}:{number}: {problem}" for path, text in texts
                for number, problem in check_file(path, text, table, headers)]
    problems += same_names(texts)
    print("\n".join(problems) or "the include graph is what docs/design.md says")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds files to 400 lines, functions to 60 and main.cpp to 60.

usage: sizes.py [SOURCE_DIR]

Functions are found by their braces, not by a C++ parser: a brace that follows a parameter list opens one.
"""
import re
import sys
from pathlib import Path

FILE_LIMIT = 400
FUNCTION_LIMIT = 60
MAIN_LIMIT = 60
FOLDERS = ("include", "src", "bench", "tests", "cmake", "scripts")
SUFFIXES = {".hpp", ".cpp", ".py", ".cmake", ".sh", ".txt", ""}

# Comments and literals, in which a brace means nothing.
SKIPPED = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|^[ \t]*#(?:\\\n|[^\n])*',
                     re.DOTALL | re.MULTILINE)
CONTROL = re.compile(r"\b(if|for|while|switch|catch|do|else|try)\b")
TYPE = re.compile(r"^(template\s*<.*>\s*)?(typedef\s+)?(class|struct|union|enum|namespace|extern)\b", re.DOTALL)


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def functions(text):
    """(first line, lines) of each function that is not inside another."""
    code = re.sub(r"(?<=\d)'(?=\d)", " ", text)  # 1'000'000 is no character literal
    code = SKIPPED.sub(blank, code)
    head, depth, opened = 0, 0, None  # where the current declaration starts; braces open; the open function
    for position, character in enumerate(code):
        if character == "{":
            declaration = code[head:position].strip()
            is_function = ")" in declaration and not TYPE.match(declaration) and not CONTROL.match(declaration) \
                and not re.search(r"=\s*$|=[^=()]*$", declaration)
            if opened is None and is_function:
                start = head + len(code[head:position]) - len(code[head:position].lstrip())
                opened = (start, depth)
            depth += 1
        elif character == "}":
            depth -= 1
            if opened and depth == opened[1]:
                first = code.count("\n", 0, opened[0]) + 1
                yield first, code.count("\n", 0, position) + 2 - first
                opened = None
        if character in "{};" and (opened is None or depth == opened[1]):
            head = position + 1


def check(path, text):
    lines = text.count("\n")
    limit = MAIN_LIMIT if path == "src/app/main.cpp" else FILE_LIMIT
    if lines > limit:
        yield 1, f"{lines} lines; the limit is {limit}"
    if path.endswith((".cpp", ".hpp")):
        for first, length in functions(text):
            if length > FUNCTION_LIMIT:
                yield first, f"a function of {length} lines; the limit is {FUNCTION_LIMIT}"


def main(root):
    problems = []
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            relative = path.relative_to(root).as_posix()
            if path.is_file() and path.suffix in SUFFIXES and not re.match(r"tests/(data|golden|fuzz/corpus)/", relative):
                text = path.read_text(encoding="utf-8")
                problems += [f"{relative}:{line}: {problem}" for line, problem in check(relative, text)]
    print("\n".join(problems) or "every file and function is within its limit")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))

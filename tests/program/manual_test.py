# SPDX-License-Identifier: Apache-2.0
"""The manual page and the shells' completions say what --help says, and the shells understand them."""
import os
import pathlib
import re
import shutil
import subprocess
import unittest

import program

DOCS = program.ROOT / "docs"
COMPLETIONS = {"bash": DOCS / "completions" / "m1bench.bash", "zsh": DOCS / "completions" / "_m1bench",
               "fish": DOCS / "completions" / "m1bench.fish"}


class ManualTest(program.ProgramTest):
    def commands(self, *above):
        """{command: its options}, as --help shows them; "history add" where a command has commands."""
        shown = self.run_m1bench(*above, "--help").stdout
        block = re.search(r"^Subcommands:\n((?:  .*\n)+)", shown, re.MULTILINE)
        found = {} if not above else {" ".join(above): re.findall(r"^  (-\S+)", shown, re.MULTILINE)}
        for name in re.findall(r"^  ([a-z]+) ", block[1], re.MULTILINE) if block else ():
            found.update(self.commands(*above, name))
        return found

    def options(self):
        commands = self.commands()
        self.assertIn("history add", commands)
        for command, shown in commands.items():
            for names in shown:
                for name in names.split(","):
                    if name not in ("-h", "--help"):
                        yield command, name

    def check_committed(self, path, *words):
        says = self.run_m1bench(*words).stdout
        if os.environ.get("M1BENCH_UPDATE_GOLDEN") == "1":
            path.write_text(says, encoding="utf-8")
        self.assertEqual(path.read_text(encoding="utf-8"), says, f"{path} is of another program; M1BENCH_UPDATE_GOLDEN=1 renews it")

    def test_what_is_committed_is_what_the_program_says(self):
        self.check_committed(DOCS / "m1bench.1", "manual")
        for shell, path in COMPLETIONS.items():
            self.check_committed(path, "completions", shell)
        self.run_m1bench("completions", "csh", code=2)

    def test_every_option_of_every_command_is_in_all_of_them(self):
        page = (DOCS / "m1bench.1").read_text(encoding="utf-8").replace("\\-", "-")
        sections = {part.split("\n", 1)[0]: part for part in page.split("\n.SS ")[1:]}
        bash = COMPLETIONS["bash"].read_text(encoding="utf-8")
        zsh = COMPLETIONS["zsh"].read_text(encoding="utf-8")
        fish = COMPLETIONS["fish"].read_text(encoding="utf-8")
        for command, option in self.options():
            with self.subTest(command=command, option=option):
                self.assertIn(f"\\fB{option}\\fR", sections[command])
                self.assertRegex(bash, rf"(?m)^      '{command}'\) options=.* {option}[ \"]")
                self.assertRegex(re.search(rf"(?ms)^      '{command}'\)$.*?;;", zsh)[0], rf"'[^']*{option}\[")
                flag = f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"
                self.assertRegex(fish, rf"(?m)^complete -c m1bench -n '__m1bench_command_is {command}'.* {flag} ")

    def test_the_page_is_proper_roff(self):
        if not shutil.which("groff"):
            self.skipTest("no groff")
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", DOCS / "m1bench.1"], capture_output=True, text=True, check=True)
        self.assertEqual(done.stderr, "")
        self.assertIn("--targets A,B", re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout))

    def completed(self, shell, *words):
        """What the shell offers for the last word; the program under test is the m1bench it finds."""
        (self.folder / "bin").mkdir(exist_ok=True)
        link = self.folder / "bin" / "m1bench"
        if not link.exists():
            link.symlink_to(pathlib.Path(program.M1BENCH).resolve())
        scripts = {
            "bash": 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _m1bench 2>/dev/null; printf "%s\\n" "${COMPREPLY[@]}"',
            "fish": "source $argv[1]; complete \"-C$argv[2]\"",
        }
        home = {**os.environ, "PATH": f"{link.parent}:{os.environ['PATH']}", "HOME": str(self.folder)}
        line = ["m1bench", *words] if shell == "bash" else [" ".join(["m1bench", *words])]
        done = subprocess.run([shell, "-c", scripts[shell], COMPLETIONS[shell], *line], capture_output=True, text=True,
                              check=True, env=home, cwd=self.folder, timeout=program.PATIENCE_S)
        return [line.split("\t")[0] for line in done.stdout.splitlines() if line]  # fish explains each

    def test_shells_offer_what_fits(self):
        native = f"{program.native_slice()}/native"
        rows = (
            (("tra",), ["train"]),
            (("run", "--thr"), ["--threads"]),
            (("compare", "--unsure", ""), ["fail", "pass"]),
            (("list", ""), ["cases", "formats", "targets"]),
            (("history", ""), ["add", "list", "show"]),
            (("history", "show", "--ta"), ["--target"]),
            (("run", "conv2d/f32/mn"), ["conv2d/f32/mnist"]),
            (("run", "--baseline", native), [native]),
            (("run", "--targets", f"a,{native}"), [f"a,{native}"]),
            (("report", "--format", "mark"), ["markdown"]),
        )
        shells = [shell for shell in ("bash", "fish") if shutil.which(shell)]
        self.assertTrue(shells)
        for shell in shells:
            for words, offered in rows:
                with self.subTest(shell=shell, words=words):
                    found = self.completed(shell, *words)
                    if words[1:2] == ("conv2d/f32/mn",):
                        found = [name for name in found if name.count("/") == 2]  # not its variants
                    self.assertEqual(sorted(found), offered)

    def test_zsh_understands_its_script(self):
        if not shutil.which("zsh"):
            self.skipTest("no zsh")
        subprocess.run(["zsh", "-n", COMPLETIONS["zsh"]], check=True, timeout=program.PATIENCE_S)


if __name__ == "__main__":
    unittest.main()

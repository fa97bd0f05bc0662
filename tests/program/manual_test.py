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

# A zsh in a pseudo-terminal completes each of `lines`; then ^X prints what the line has become and clears it. Each read ends
# with the text that is waited for, so nothing depends on how long it takes.
ZSH_DRIVER = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -u -d $PWD/dump"
zpty -w shell "tell() { print -r -- \"<<BUFFER<\$BUFFER>>>\"; BUFFER=; }; zle -N tell; bindkey '^X' tell; bindkey '^I' complete-word"
zpty -w shell "unsetopt beep zle_bracketed_paste; stty cols 200 rows 50; PS1=; print -r -- REA''DY"
zpty -r -m shell out '*READY*'
while IFS= read -r line; do
  zpty -w -n shell "$line"$'\t\x18'
  zpty -r -m shell out '*<<BUFFER<*>>>*'
  out=${out##*<<BUFFER<}
  print -r -- "BUFFER<${out%%>>>*}>"
done < lines
zpty -d shell
"""


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

    def test_every_variable_that_the_program_reads_is_in_the_page(self):
        page = (DOCS / "m1bench.1").read_text(encoding="utf-8")
        listed = set(re.findall(r"^\\fB([A-Z_]+)\\fR$", page.split(".SH ENVIRONMENT")[1].split(".SH ")[0], re.MULTILINE))
        read = set()
        for path in (program.ROOT / "src").rglob("*.[ch]pp"):
            read.update(re.findall(r'\benvironment\("(\w+)"\)', path.read_text(encoding="utf-8")))
        self.assertIn("NO_COLOR", read)
        self.assertLessEqual(read - {"HOME", "PATH", "TERM"}, listed)  # these mean what they mean everywhere

    def test_the_page_is_proper_roff(self):
        if not shutil.which("groff"):
            self.skipTest("no groff")
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", DOCS / "m1bench.1"], capture_output=True, text=True, check=True)
        self.assertEqual(done.stderr, "")
        self.assertIn("--targets A,B", re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout))

    def path_with_m1bench(self):
        """$PATH on which the program under test is m1bench."""
        (self.folder / "bin").mkdir(exist_ok=True)
        link = self.folder / "bin" / "m1bench"
        if not link.exists():
            link.symlink_to(pathlib.Path(program.M1BENCH).resolve())
        return f"{link.parent}:{os.environ['PATH']}"

    def completed(self, shell, *words):
        """What the shell offers for the last word."""
        scripts = {
            "bash": 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _m1bench 2>/dev/null; printf "%s\\n" "${COMPREPLY[@]}"',
            "fish": "source $argv[1]; complete \"-C$argv[2]\"",
        }
        home = {**os.environ, "PATH": self.path_with_m1bench(), "HOME": str(self.folder)}
        line = ["m1bench", *words] if shell == "bash" else [" ".join(["m1bench", *words])]
        done = subprocess.run([shell, "-c", scripts[shell], COMPLETIONS[shell], *line], capture_output=True, text=True,
                              check=True, env=home, cwd=self.folder, timeout=program.PATIENCE_S)
        return [line.split("\t")[0] for line in done.stdout.splitlines() if line]  # fish explains each

    def test_shells_offer_what_fits(self):
        native = f"{program.native_slice()}/native"
        (self.folder / "input-of-prog").touch()
        rows = (
            (("tra",), ["train"]),
            (("--color", "never", "tra"), ["train"]),
            (("run", "--thr"), ["--threads"]),
            (("--color", "never", "run", "--thr"), ["--threads"]),
            (("compare", "--unsure", ""), ["fail", "pass"]),
            (("list", ""), ["cases", "formats", "targets"]),
            (("history", ""), ["add", "list", "show"]),
            (("history", "add", "input"), ["input-of-prog"]),
            (("history", "add", "li"), []),
            (("history", "show", "--ta"), ["--target"]),
            (("run", "conv2d/f32/mn"), ["conv2d/f32/mnist"]),
            (("run", "--baseline", native), [native]),
            (("run", "--targets", f"a,{native}"), [f"a,{native}"]),
            (("report", "--format", "mark"), ["markdown"]),
            (("exec", "--", "m1ben"), ["m1bench"]),
            (("exec", "--", "cat", "input"), ["input-of-prog"]),
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

    def test_bash_takes_what_is_behind_an_equals_sign_for_the_value(self):
        """COMP_WORDBREAKS divides --baseline=x into three words."""
        native = f"{program.native_slice()}/native"
        for words, offered in ((("--baseline", "=", native[:-1]), [native]), (("--unsure", "="), ["fail", "pass"])):
            command = "compare" if words[0] == "--unsure" else "run"
            self.assertEqual(sorted(self.completed("bash", command, *words)), offered, words)

    def test_bash_offers_no_option_behind_the_dashes(self):
        self.assertEqual(self.completed("bash", "exec", "--", "ls", "--thr"), [])

    def test_zsh_offers_what_fits(self):
        """One row for each kind of value, typed into a zsh with a terminal of its own."""
        if not shutil.which("zsh"):
            self.skipTest("no zsh")
        native = f"{program.native_slice()}/native"
        (self.folder / "input-of-prog").touch()
        (self.folder / "folder-of-runs").mkdir()
        rows = (  # what is typed, and the line as zsh completes it
            ("tra", "train"),
            ("history add --d", "history add --db"),
            ("compare --unsure pa", "compare --unsure pass"),
            ("history sh", "history show"),
            ("run conv2d/f32/resnet-5", "run conv2d/f32/resnet-56"),
            (f"run --baseline {native[:-2]}", f"run --baseline {native}"),
            (f"run --targets a,{native[:-2]}", f"run --targets a,{native}"),
            ("report --format mark", "report --format markdown"),
            ("report input", "report input-of-prog"),
            ("run -o folder", "run -o folder-of-runs/"),
            ("exec -- m1ben", "exec -- m1bench"),
            ("exec --warmup 1 -- cat input", "exec --warmup 1 -- cat input-of-prog"),
        )
        (self.folder / "lines").write_text("".join(f"m1bench {typed}\n" for typed, _ in rows), encoding="utf-8")
        (self.folder / "drive.zsh").write_text(ZSH_DRIVER, encoding="utf-8")
        home = {**os.environ, "PATH": self.path_with_m1bench(), "HOME": str(self.folder), "TERM": "dumb"}
        done = subprocess.run(["zsh", "-f", "drive.zsh", str(COMPLETIONS["zsh"].parent)], capture_output=True, text=True, env=home,
                              cwd=self.folder, check=True, timeout=program.PATIENCE_S)
        completed = re.findall(r"^BUFFER<(.*)>$", done.stdout, re.MULTILINE)
        self.assertEqual(len(completed), len(rows), done.stdout + done.stderr)
        for (typed, line), found in zip(rows, completed):
            with self.subTest(typed=typed):
                self.assertEqual(found.rstrip(" ,"), f"m1bench {line}")  # of a list another may follow


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a person may mistype, and what a hostile file may hold: exit code 2, one sentence that helps, nothing measured."""
import gzip
import json
import struct
import subprocess
import sys

import program

RUN = ["run", "matmul/f32/64", "--fake-measurer"]

# name: (words, a part of what is said)
COMMAND_LINES = {
    "nothing": ([], "say what to do: m1bench all"),
    "a command": (["al"], "there is no command or argument 'al'; did you mean 'all'?"),
    "a command, far off": (["xyzzy"], "there is no command or argument 'xyzzy'"),
    "an option": (["all", "--quik"], "there is no option '--quik'; did you mean '--quick'?"),
    "an option of another command": (["all", "--epochs", "3"], "there is no option '--epochs'"),
    "an option with a value": (["all", "--colour=never"], "did you mean '--color'"),
    "a case": (["run", "matmul/f32/65", "--fake-measurer"], "did you mean 'matmul/f32/64'?"),
    "a pattern without match": (["run", "nothing/*", "--fake-measurer"], "nothing/*"),
    "no case": (["run"], "patterns is required"),
    "a target": ([*RUN, "--targets", "x86_64-v2/nativ"], "did you mean 'x86_64-v2/native'?"),
    "a baseline": ([*RUN, "--baseline", "aarch64/qemu-usr"], "did you mean 'arm64/qemu-user'?"),
    "a format": (["report", "--format", "markdwn"], "did you mean \"markdown\"?"),
    "a set": (["all", "--set", "cor"], "--set"),
    "a list": (["list", "case"], "what"),
    "a colour": (["all", "--color", "pink"], "--color"),
    "no threads": ([*RUN, "--threads", "0"], "--threads takes a number from 1 to 1024, or max, not '0'"),
    "many threads": ([*RUN, "--threads", "1025"], "--threads"),
    "threads in words": ([*RUN, "--threads", "two"], "not 'two'"),
    "negative threads": ([*RUN, "--threads", "-1"], "--threads"),
    "a budget": ([*RUN, "--time-budget", "soon"], "expected a duration such as 90s, 5min or 0, not 'soon'"),
    "a negative budget": ([*RUN, "--time-budget", "-5s"], "--time-budget"),
    "an endless budget": ([*RUN, "--time-budget", "inf"], "--time-budget"),
    "a timeout": ([*RUN, "--case-timeout", "1 fortnight"], "--case-timeout"),
    "no timeout": ([*RUN, "--case-timeout", "0"], "--case-timeout"),
    "a seed": ([*RUN, "--seed", "-1"], "--seed"),
    "a seed in words": ([*RUN, "--seed", "lucky"], "--seed"),
    "a translator": ([*RUN, "--translator", "qemu"], "expected NAME[:SLICE,...]=WORDS"),
    "a translator called native": ([*RUN, "--translator", "native=x"], "not `native`"),
    "a translator of no slice": ([*RUN, "--translator", "q:arm65=x"], "there is no slice 'arm65'"),
    "a translator with an open quote": ([*RUN, "--translator", "q='x"], "quote"),
    "an environment": ([*RUN, "--env", "arm64/qemu-user"], "expected TARGET:NAME=VALUE"),
    "an environment of no target": ([*RUN, "--env", "arm64/qemu:A=B"], "there is no target 'arm64/qemu'"),
    "no epochs": (["train", "train/cifar-mlp", "--epochs", "0"], "--epochs"),
    "what does not train": (["train", "matmul/f32/64"], "matmul/f32/64"),
    "a network": (["train", "train/cifar-mpl"], "train/cifar-mlp"),
    "no network": (["train"], "case"),
    "a folder of data": ([*RUN, "--data", "/no/such/folder"], "there is no folder /no/such/folder"),
    "no model": (["run", "infer/tflite", "--fake-measurer"], "name its file with --model FILE.tflite"),
    "no such model": (["verify", "infer/tflite", "--fake-measurer", "--model", "/no/such.tflite"], "/no/such.tflite"),
    "a model for nobody": ([*RUN, "--model", "x.tflite"], "--model is given, but no chosen case runs it"),
    "a model to train": (["train", "train/mnist-cnn", "--model", "x.tflite"], "there is no option '--model'"),
    "no run": (["report"], "there is no run in m1bench-results here"),
    "no such run": (["report", "/no/such/run.json"], "/no/such/run.json"),
}

IMAGE_BYTES = 28 * 28
MODELS = program.ROOT / "tests" / "data" / "tflite"


def idx(magic, *counts, data=b""):
    return struct.pack(f">I{len(counts)}I", magic, *counts) + data


class BadInput(program.ProgramTest):
    def refused(self, *words, said=""):
        done = self.run_m1bench(*words, code=2)
        self.assertEqual(done.stdout, "", "nothing was measured")
        self.assertTrue(done.stderr.startswith("m1bench: "), done.stderr)
        self.assertIn(said, done.stderr)
        self.assertNotRegex(done.stderr, r"[\x00-\x09\x0b-\x1f\x7f]")
        return done

    def test_command_lines(self):
        for name, (words, said) in COMMAND_LINES.items():
            with self.subTest(name):
                self.refused(*words, said=said)
        self.assertEqual(list(self.folder.iterdir()), [], "nothing was written")

    def test_a_run_that_is_already_there(self):
        out = self.folder / "out"
        self.run_m1bench(*RUN, "-o", out)
        before = (out / "run.json").read_bytes()
        self.refused(*RUN, "-o", out, said="already holds a run")
        self.assertEqual((out / "run.json").read_bytes(), before)
        self.run_m1bench(*RUN, "-o", out, "--force", "--seed", 2)
        self.assertNotEqual((out / "run.json").read_bytes(), before)

    def test_an_output_that_cannot_be_written(self):
        in_the_way = self.write("file", "mine")
        self.write("blocked/run.json/x", "a folder where the file should be")
        for out in (in_the_way, in_the_way / "deeper", "/proc/m1bench", "/dev/null/x", self.folder / "blocked"):
            with self.subTest(out):
                self.refused(*RUN, "-o", out, "--force")
        self.refused("verify", "matmul/f32/64", "--fake-measurer", "--dump", in_the_way / "deeper")
        self.assertEqual(in_the_way.read_text(), "mine")

    def test_hostile_run_files(self):
        self.run_m1bench(*RUN, "-o", self.folder / "good")
        good = (self.folder / "good" / "run.json").read_text(encoding="utf-8")
        document = json.loads(good)
        hostile = {**document["cases"][0], "name": "\x1b]0;x\x07"}
        rows = {
            "empty": ("", "run.json"),
            "truncated": (good[: len(good) // 2], "run.json"),
            "something else": ("<html>\x1b[31m</html>", "run.json"),
            "a list": ("[]", "run.json"),
            "newer": (json.dumps({**document, "schema_version": 2}), "schema version 2"),
            "without blocks": (json.dumps({key: document[key] for key in document if key != "blocks"}), "blocks"),
            "of another type": (json.dumps({**document, "cases": "none"}), "cases"),
            "deep": ("[" * 200000, "run.json"),
            "binary": (b"\xff\xfe\x00" * 1000, "run.json"),
            "NaN": (good.replace('"start_s": ', '"start_s": NaN, "x": ', 1), "run.json"),
            "negative time": (good.replace('"wall_s": [', '"wall_s": [-1, ', 1), "wall_s[0] is negative"),
            "a case twice": (json.dumps({**document, "cases": document["cases"] * 2}), "cases[1].name repeats"),
            "hostile name": (json.dumps({**document, "cases": [hostile] * 2}), "cases[1].name repeats \"\\u{1B}]0;x\\u{7}\""),
            "a shard of nothing": (json.dumps({**document, "session": {**document["session"], "shard": "3/2"}}), "session.shard"),
            "hostile key": (json.dumps({**document, "cases": [{"name": "\x1b]0;x\x07" * 1000}]}), "cases"),
        }
        for name, (text, said) in rows.items():
            with self.subTest(name):
                self.refused("report", self.write("bad/run.json", text), said=said)
        with open(self.folder / "bad" / "run.json", "wb") as huge:
            huge.truncate(100 << 20)
        self.refused("report", self.folder / "bad", said="run.json")
        self.refused("report", self.folder, said="run.json")
        self.refused("report", "/dev/zero", said="/dev/zero")

    def test_formats_of_one_target(self):
        self.run_m1bench(*RUN, "-o", self.folder / "good")
        words = ["report", self.folder / "good", "--format", "gbench"]
        self.refused(*words, said="--target")
        self.refused(*words, "--target", "x86_64-v9/native", said="x86_64-v9/native")

    def mnist(self, **files):
        """A folder with good MNIST files but for those that are given; None leaves one out."""
        rows = 64
        good = {
            "train-images-idx3-ubyte": idx(0x803, rows, 28, 28, data=bytes(rows * IMAGE_BYTES)),
            "train-labels-idx1-ubyte": idx(0x801, rows, data=bytes(i % 10 for i in range(rows))),
            "t10k-images-idx3-ubyte": idx(0x803, rows, 28, 28, data=bytes(rows * IMAGE_BYTES)),
            "t10k-labels-idx1-ubyte": idx(0x801, rows, data=bytes(i % 10 for i in range(rows))),
        }
        self.count = getattr(self, "count", 0) + 1
        folder = self.folder / f"mnist-{self.count}"
        for name, contents in {**good, **files}.items():
            if contents is not None:
                self.write(folder / name, contents)
        return folder

    def test_hostile_mnist(self):
        images, labels = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
        bomb = gzip.compress(idx(0x803, 64, 28, 28) + bytes(300 << 20))
        rows = {
            "missing": ({images: None}, images),
            "truncated": ({images: idx(0x803, 64, 28, 28, data=bytes(64 * IMAGE_BYTES - 1))}, images),
            "cut in its header": ({images: idx(0x803, 64)}, images),
            "wrong magic": ({images: idx(0xD03, 64, 28, 28)}, "at byte 0"),
            "rows without end": ({images: idx(0x803, 0xFFFFFFFF, 28, 28)}, images),
            "label 11": ({labels: idx(0x801, 64, data=bytes(63) + b"\x0b")}, "at byte 71"),
            "labels for other rows": ({labels: idx(0x801, 63, data=bytes(63))}, labels),
            "no gzip": ({images: None, images + ".gz": b"not gzip at all"}, images + ".gz"),
            "truncated gzip": ({images: None, images + ".gz": gzip.compress(bytes(50000))[:-9]}, images + ".gz"),
            "gzip bomb": ({images: None, images + ".gz": bomb}, images + ".gz"),
        }
        for name, (files, said) in rows.items():
            with self.subTest(name):
                done = self.refused("verify", "train/mnist-mlp", "--fake-measurer", "--data", self.mnist(**files), said=said)
                self.assertIn("mnist-", done.stderr, "names the file")

    def test_hostile_cifar(self):
        record = bytes(3073)
        names = [f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"]
        rows = {
            "truncated": (record * 2 + record[:-1], "data_batch_3.bin"),
            "label 11": (record + b"\x0b" + record[1:], "3073"),
            "empty": (b"", "data_batch_3.bin"),
        }
        for name, (contents, said) in rows.items():
            with self.subTest(name):
                for file in names:
                    self.write(f"cifar/{file}", record * 40)
                self.write("cifar/data_batch_3.bin", contents)
                self.refused("verify", "train/cifar-mlp", "--fake-measurer", "--data", self.folder / "cifar", said=said)

    def test_hostile_models(self):
        good = (MODELS / "mnist-cnn-int8.tflite").read_bytes()
        rows = {path.stem: (path.read_bytes(), "") for path in sorted((MODELS / "refused").glob("*.tflite"))}
        rows["operator"] = (rows["operator"][0], "operator 0 (EXP) is not supported")
        rows["empty"] = (b"", "this is no TensorFlow Lite model")
        rows["something else"] = (b"<html>\x1b[31m</html>", "this is no TensorFlow Lite model")
        rows["truncated"] = (good[: len(good) // 2], "the file is cut short")
        for name, (contents, said) in rows.items():
            with self.subTest(name):
                file = self.write("model.tflite", contents)
                done = self.refused("run", "infer/tflite", "--fake-measurer", "--model", file, "-o", self.folder / "out", said=said)
                self.assertIn(f"{file}: ", done.stderr, "names the file")
        self.assertFalse((self.folder / "out").exists(), "or the next try would find a run there")
        self.refused("verify", "infer/tflite", "--fake-measurer", "--model", "/dev/zero", said="/dev/zero")

    def test_a_bad_data_folder_leaves_no_run_behind(self):
        data = self.mnist(**{"train-images-idx3-ubyte": None})
        self.refused("run", "train/mnist-mlp", "--fake-measurer", "--data", data, "-o", self.folder / "out")
        self.assertFalse((self.folder / "out").exists(), "or the next try would find a run there")

    def test_a_full_disk_behind_a_redirection_is_no_success(self):
        for words in (["--help"], ["list", "cases"], ["report", program.ROOT / "docs" / "sample-run.json", "--format", "csv"]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([program.M1BENCH, *map(str, words)], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn("standard output", done.stderr, words)

    def test_a_full_disk_behind_a_redirection_costs_no_file(self):
        reports = {"run.json", "report.md", "report.html"}
        for words, files in ((RUN, reports), (["profile", "matmul/f32/64", "--fake-measurer", "--quick"],
                                              {"profile.json", "profile.md", "trace.json"}),
                             (["ab", "--base", "old", "--head", "new", *RUN[1:]], reports),
                             (["exec", "--native", "true", "--translated", "true", "--fake-measurer"], reports)):
            out = self.folder / words[0]
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([program.M1BENCH, *words, "-o", out, "--quiet"], stdout=full, stderr=subprocess.PIPE, text=True,
                                      check=False)
            self.assertEqual((done.returncode, done.stderr.count("\n")), (2, 1), done.stderr)
            self.assertEqual({path.name for path in out.iterdir() if path.stat().st_size > 0}, files, words)

    def test_the_default_folder_is_never_taken(self):
        for _ in range(2):
            self.run_m1bench("run", "matmul/f32/64", "--fake-measurer", "--quick")
        names = sorted(path.name for path in (self.folder / "m1bench-results").iterdir())
        self.assertEqual(len(names), 2, names)
        self.assertEqual(names[1], names[0] + "-2")


if __name__ == "__main__":
    sys.exit(program.main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Training for real, on synthetic rows and on small files in the formats of MNIST and CIFAR-10."""
import gzip
import random
import re
import struct
import sys

import program

NATIVE = ["--no-lock", "--targets", "x86_64-v2/native"]
ROWS = 200


def mnist_files(zipped):
    """Two hundred rows whose label shows as a bright bar: easy to learn."""
    suffix, pack = (".gz", gzip.compress) if zipped else ("", bytes)
    files = {}
    for part in ("train", "t10k"):
        labels = bytes(i % 10 for i in range(ROWS))
        images = b"".join(bytes(255 if column // 2 == label else 0 for _ in range(28) for column in range(28)) for label in labels)
        files[f"{part}-labels-idx1-ubyte{suffix}"] = pack(struct.pack(">II", 0x801, ROWS) + labels)
        files[f"{part}-images-idx3-ubyte{suffix}"] = pack(struct.pack(">IIII", 0x803, ROWS, 28, 28) + images)
    return files


def cifar_files():
    noise = random.Random(1)
    record = lambda label: bytes([label]) + noise.randbytes(3072)
    names = [f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"]
    return {name: b"".join(record(i % 10) for i in range(ROWS // 5)) for name in names}


class Train(program.ProgramTest):
    def losses(self, text, target="x86_64-v2/native"):
        """The losses of the lines that tell of a target, test lines included."""
        return [float(value) for line in text.splitlines() if target in line for value in re.findall(r"loss:? +([0-9.e+-]+)", line)]

    def rows(self, text, target="x86_64-v2/native"):
        return [line.split() for line in text.splitlines() if target in line]

    def test_epochs(self):
        done = self.run_m1bench("train", "train/regression-mlp", "--epochs", 2, "--evaluate", *NATIVE)
        rows = self.rows(done.stdout)
        self.assertGreaterEqual(len(rows), 3, done.stdout)
        self.assertEqual(done.stderr, "")

    def test_steps(self):
        done = self.run_m1bench("train", "train/regression-mlp", "--steps", 5, *NATIVE)
        self.assertIn("160", done.stdout, "five batches of 32")

    def test_the_same_seed_learns_the_same(self):
        words = ["train", "train/regression-mlp", "--steps", 50, *NATIVE, "--seed", 3]
        first, second = (self.without_times(self.run_m1bench(*words).stdout) for _ in range(2))
        self.assertEqual(first, second)

    @staticmethod
    def without_times(text):
        return re.sub(r"[0-9.]+ (ns|us|ms|s)\b", "TIME", re.sub(r" +", " ", text))

    def test_mnist_files_plain_and_zipped_are_the_same(self):
        shown = []
        for zipped in (False, True):
            folder = self.folder / f"mnist-{zipped}"
            for name, contents in mnist_files(zipped).items():
                self.write(folder / name, contents)
            done = self.run_m1bench("train", "train/mnist-mlp", "--epochs", 2, "--evaluate", "--data", folder, *NATIVE)
            self.assertIn(str(ROWS), done.stdout)
            shown.append(self.without_times(done.stdout))
        self.assertEqual(shown[0], shown[1])

    def test_cifar_files(self):
        for name, contents in cifar_files().items():
            self.write(f"cifar/{name}", contents)
        done = self.run_m1bench("train", "train/cifar-mlp", "--epochs", 1, "--evaluate", "--data", self.folder / "cifar", *NATIVE)
        self.assertIn(str(ROWS), done.stdout)

    def test_unknown(self):
        done = self.run_m1bench("train", "train/mnist-mpl", *NATIVE, code=2)
        self.assertIn("did you mean 'train/mnist-mlp'?", done.stderr)


if __name__ == "__main__":
    sys.exit(program.main())

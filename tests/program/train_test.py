#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Training for real, on synthetic rows and on small files in the formats of MNIST and CIFAR-10."""
import gzip
import re
import struct
import subprocess
import sys

import program

SLICE = program.native_slice()
NATIVE = f"{SLICE}/native"
ROWS = 200


def mnist_files(zipped):
    """Two hundred rows whose label shows as a bright bar: easy to learn."""
    suffix, pack = (".gz", gzip.compress) if zipped else ("", bytes)
    files = {}
    for part in ("train", "t10k"):
        labels = bytes(i % 10 for i in range(ROWS))
        rows = (bytes(255 if column // 2 == label else 0 for column in range(28)) for label in labels)
        images = b"".join(row * 28 for row in rows)
        files[f"{part}-labels-idx1-ubyte{suffix}"] = pack(struct.pack(">II", 0x801, ROWS) + labels)
        files[f"{part}-images-idx3-ubyte{suffix}"] = pack(struct.pack(">IIII", 0x803, ROWS, 28, 28) + images)
    return files


class Train(program.ProgramTest):
    def train(self, *words):
        """The rows for each target: (epoch, samples, loss, accuracy or None), the held-out rows as epoch "held out"."""
        done = self.run_m1bench("train", *words, "--no-lock")
        self.assertEqual(done.stderr, "")
        title, _, heading = done.stdout.splitlines()[:3]
        self.assertTrue(title.startswith(words[0] + ": "), title)
        self.assertEqual("synthetic data" in title, "--data" not in words, title)
        self.assertTrue(heading.startswith("target "), heading)
        rows = {}
        for line in done.stdout.splitlines():
            found = re.match(SLICE + r"/(\w+) +(held out|\d+/\d+) +(\S+) +(\S+) +([0-9.]+) +(-|[0-9.]+)$", line)
            if found:
                target, epoch, seconds, us_per_sample, loss, accuracy = found.groups()
                samples = None if seconds == "-" else round(float(seconds) * 1e6 / float(us_per_sample))
                row = (epoch, samples, float(loss), None if accuracy == "-" else float(accuracy))
                rows.setdefault(f"{SLICE}/{target}", []).append(row)
        return rows

    def assert_about(self, samples, want):
        """Seconds and us/sample are printed with four digits."""
        self.assertAlmostEqual(samples, want, delta=max(1, want / 500))

    def test_epochs(self):
        rows = self.train("train/regression-mlp", "--epochs", 2, "--evaluate", "--targets", NATIVE)[NATIVE]
        self.assertEqual([row[0] for row in rows], ["1/2", "2/2", "held out"])
        self.assertLess(rows[1][2], rows[0][2], "it learns")
        self.assert_about(rows[1][1], rows[0][1])
        self.assertIsNone(rows[0][3], "a regression has no accuracy")

    def test_steps(self):
        (row,) = self.train("train/regression-mlp", "--steps", 5, "--targets", NATIVE)[NATIVE]
        self.assertEqual(row[0], "1/1")
        self.assert_about(row[1], 5 * 32)

    def test_the_same_seed_learns_the_same_on_every_target(self):
        words = ["train/regression-mlp", "--steps", 50, "--translator", f"same:{SLICE}=env"]
        words += ["--targets", f"{NATIVE},{SLICE}/same"]
        losses = [row[2] for rows in self.train(*words, "--seed", 3).values() for row in rows]
        self.assertEqual(len(losses), 2)
        self.assertEqual(losses[0], losses[1])
        other = self.train(*words, "--seed", 4)[NATIVE][0][2]
        self.assertNotEqual(losses[0], other)

    def test_mnist_files_plain_and_zipped_are_the_same(self):
        learned = []
        for zipped in (False, True):
            folder = self.folder / f"mnist-{zipped}"
            for name, contents in mnist_files(zipped).items():
                self.write(folder / name, contents)
            rows = self.train("train/mnist-mlp", "--epochs", 3, "--evaluate", "--data", folder, "--targets", NATIVE)[NATIVE]
            self.assertEqual([row[0] for row in rows], ["1/3", "2/3", "3/3", "held out"])
            self.assert_about(rows[0][1], ROWS)
            self.assertGreater(rows[-1][3], 0.9, "a bar for each label is easy to tell")
            learned.append([row[2:] for row in rows])
        self.assertEqual(learned[0], learned[1])

    def make_cifar(self, folder, *words):
        script = program.ROOT / "scripts" / "make_cifar.py"
        subprocess.run([sys.executable, script, folder, *map(str, words)], check=True, stdout=subprocess.DEVNULL)
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

    def test_cifar_files(self):
        folder = self.folder / "cifar"
        files = self.make_cifar(folder, "--rows", ROWS // 5)
        self.assertEqual(list(files), [f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"])
        self.assertEqual({len(contents) for contents in files.values()}, {ROWS // 5 * 3073})
        rows = self.train("train/cifar-mlp", "--epochs", 4, "--evaluate", "--data", folder, "--targets", NATIVE)[NATIVE]
        self.assertEqual([row[0] for row in rows], ["1/4", "2/4", "3/4", "4/4", "held out"])
        self.assert_about(rows[0][1], ROWS)
        self.assertLess(rows[3][2], rows[0][2], "it learns")

    def test_made_files_follow_from_the_seed(self):
        files = self.make_cifar(self.folder / "one", "--rows", 3)
        self.assertEqual(files, self.make_cifar(self.folder / "same", "--rows", 3, "--seed", 1))
        self.assertNotEqual(files, self.make_cifar(self.folder / "other", "--rows", 3, "--seed", 2))
        self.assertEqual(len(set(files.values())), 6, "no file repeats another")

    def test_unknown(self):
        done = self.run_m1bench("train", "train/mnist-mpl", "--no-lock", "--targets", NATIVE, code=2)
        self.assertIn("did you mean 'train/mnist-mlp'?", done.stderr)


if __name__ == "__main__":
    sys.exit(program.main())

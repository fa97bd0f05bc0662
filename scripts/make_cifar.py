#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a data set in CIFAR-10's own binary format: five files of training rows and one of test rows.

The labels can be learnt from the pixels, so that loss falls as with the real pictures, but there is nothing to see in them.
Use it where the real set cannot be had: m1bench train train/cifar-mlp --data FOLDER

usage: make_cifar.py FOLDER [--rows N] [--seed S]
"""
import argparse
import pathlib
import random
import sys

FILES = [f"data_batch_{number}.bin" for number in range(1, 6)] + ["test_batch.bin"]
CLASSES = 10
PIXELS = 32 * 32 * 3  # one byte each: the red plane, the green, the blue


def records(rows, prototypes, noise):
    """One byte of label and the pixels of each row: the mean of its class's picture and noise."""
    for _ in range(rows):
        label = noise.randrange(CLASSES)
        # (a & b) + ((a ^ b) >> 1) is the mean of two bytes, here of all at once as one large number.
        a, b = prototypes[label], int.from_bytes(noise.randbytes(PIXELS), "big")
        halves = int.from_bytes(b"\x7f" * PIXELS, "big")
        mean = (a & b) + (((a ^ b) >> 1) & halves)
        yield bytes([label]) + mean.to_bytes(PIXELS, "big")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=10000, help="in each of the six files (10000)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.rows < 1:
        parser.error("--rows: at least 1")
    noise = random.Random(options.seed)
    prototypes = [int.from_bytes(noise.randbytes(PIXELS), "big") for _ in range(CLASSES)]
    options.folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        with open(options.folder / name, "wb") as file:
            file.writelines(records(options.rows, prototypes, noise))
    print(f"{len(FILES)} files of {options.rows} rows in {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

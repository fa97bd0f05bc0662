# SPDX-License-Identifier: Apache-2.0
"""What is compared with whom, and how much of a peer's time m1bench may take: one table."""
import dataclasses
import fnmatch

from peers.answers import Exact, Losses, Product, Steps

TRAINED_STEPS = 20  # losses in a dump; batches that it holds


@dataclasses.dataclass(frozen=True)
class Row:
    case: str
    peers: tuple                # names of kinds.KINDS; the wish is to hold against each of them, and so against the best
    at_most: float              # m1bench's time by the peer's
    answer: str                 # the array of a dump that is the answer
    check: object               # how a peer's answer is judged
    dot_at_most: object = None  # instead of at_most where the slice has instructions for products of bytes
    threads: object = None      # the one number of threads that this is asked about; None: whatever the user asks
    loops: int = 1              # that an answer takes
    narrow: str = ""            # the factor of 8 bits that libraries without dot products get right in 7 bits

    def wanted(self, slice_name):
        has_dot = any(word in slice_name for word in ("dotprod", "vnni"))
        return self.dot_at_most if has_dot and self.dot_at_most else self.at_most


def products():
    for size in (512, 1000, 1024, 2048):
        yield Row(f"matmul/f32/{size}", ("openblas",), 1.05, "c", Product(size))
    for n, k in ((3000, 3072), (1000, 3000)):
        yield Row(f"gemm/f32/32x{n}x{k}", ("openblas", "onednn"), 1.05, "c", Product(k))


def convolutions():
    for batch in ("", "/n8"):
        for size, channels in ((56, 64), (28, 128), (14, 256), (7, 512)):
            yield Row(f"conv2d/f32/resnet-{size}{batch}", ("onednn",), 1.15, "y", Product(9 * channels))


def training():
    for network in ("cifar-mlp", "mnist-mlp", "mnist-cnn", "regression-mlp"):
        yield Row(f"train/{network}", ("tensorflow", "torch"), 0.8, "losses", Losses(), loops=TRAINED_STEPS)


ROWS = (
    *products(),
    *convolutions(),
    *training(),
    Row("infer/mnist-cnn-int8", ("tflite",), 1.0, "y", Steps(), threads=1),
    Row("matmul/i8/1024", ("onednn",), 1.5, "c", Exact(), dot_at_most=1.2, narrow="b"),
)


def matching(patterns):
    """The rows whose case one of the patterns matches; all of them without a pattern."""
    return [row for row in ROWS if not patterns or any(fnmatch.fnmatchcase(row.case, pattern) for pattern in patterns)]

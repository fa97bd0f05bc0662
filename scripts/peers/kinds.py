# SPDX-License-Identifier: Apache-2.0
"""The peers there are, and what holds each to the instructions of a slice: tables."""
import dataclasses

# Every library's own variable for how many threads it starts.
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")

# What a library must be told to use no more than a slice is compiled for. None of them on arm64, whose baseline is what
# libraries take for granted.
HOLDS = {
    "OPENBLAS_CORETYPE": {"x86_64-v2": "NEHALEM", "x86_64-v3": "HASWELL", "x86_64-v4": "SKYLAKEX"},
    "ONEDNN_MAX_CPU_ISA": {"x86_64-v2": "SSE41", "x86_64-v3": "AVX2", "x86_64-v4": "AVX512_CORE"},
    "ATEN_CPU_CAPABILITY": {"x86_64-v2": "default", "x86_64-v3": "avx2", "x86_64-v4": "avx512"},
}


@dataclasses.dataclass(frozen=True)
class Kind:
    title: str
    module: str
    held_by: tuple  # of HOLDS; none: it cannot be held, and is compared as it comes


KINDS = {
    "openblas": Kind("OpenBLAS", "peers.openblas_peer", ("OPENBLAS_CORETYPE",)),
    "onednn": Kind("oneDNN", "peers.onednn_peer", ("ONEDNN_MAX_CPU_ISA",)),
    "torch": Kind("PyTorch", "peers.torch_peer", ("ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA", "OPENBLAS_CORETYPE")),
    "tensorflow": Kind("TensorFlow", "peers.tensorflow_peer", ("ONEDNN_MAX_CPU_ISA",)),
    "tflite": Kind("TFLite", "peers.tflite_peer", ()),
}
NOTES = ("TensorFlow is held only in what oneDNN computes for it.",)


def threads_environment(threads):
    return {name: str(threads) for name in THREAD_VARIABLES}


def holding_environment(kind, slice_name):
    """What holds a peer to a slice; empty where it cannot be held."""
    return {name: HOLDS[name][slice_name] for name in kind.held_by if slice_name in HOLDS[name]}

# SPDX-License-Identifier: Apache-2.0
"""TensorFlow Lite's interpreter with XNNPACK, which is what it takes unless told otherwise; one image at a time."""
import os
import pathlib
import sys

import numpy

from peers.serve import Failure, Work, serve

MODELS = pathlib.Path(__file__).resolve().parents[2] / "tests" / "data" / "tflite"


def interpreter_class():
    """(class, version): of the small packages, or of TensorFlow."""
    os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    try:
        import ai_edge_litert
        from ai_edge_litert.interpreter import Interpreter
        return Interpreter, f"LiteRT {ai_edge_litert.__version__}"
    except ImportError:
        import tensorflow as tf
        return tf.lite.Interpreter, f"TensorFlow {tf.__version__}"


class Inference(Work):
    """Of the first image of the dump."""

    def __init__(self, interpreter, x):
        interpreter.allocate_tensors()
        entry, = interpreter.get_input_details()
        exit_, = interpreter.get_output_details()
        size = int(numpy.prod(entry["shape"]))
        interpreter.set_tensor(entry["index"], x.reshape(-1)[:size].reshape(entry["shape"]).astype(entry["dtype"]))
        self.loop = interpreter.invoke
        self._answer = lambda: interpreter.get_tensor(exit_["index"])

    def answer(self, _loops):
        self.loop()
        return self._answer()


def peer():
    make, version = interpreter_class()

    def prepare(case, folder, threads):
        model = MODELS / f"{case.removeprefix('infer/')}.tflite"
        if not case.startswith("infer/") or not model.exists():
            raise Failure(f"{case} has no model in {MODELS}")
        return Inference(make(model_path=str(model), num_threads=threads), numpy.load(f"{folder}/x.npy"))

    return {"version": version}, prepare


if __name__ == "__main__":
    sys.exit(serve(peer))

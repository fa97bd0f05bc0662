#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes tests/data/tflite/refused: models with one thing each that cannot be run, for the reader's messages.

usage: make_tflite_refused.py        (needs TensorFlow, as make_tflite.py does)
"""
import numpy as np
from tensorflow.lite.python import schema_py_generated as schema
from tensorflow.lite.tools import flatbuffer_utils

import make_tflite


def small():
    """CONV_2D, RESHAPE and FULLY_CONNECTED on 4x4 pixels; tensors: x, filter, bias, y, ..."""
    rng = np.random.default_rng(1)
    graph = make_tflite.Graph(rng)
    x = graph.activation((1, 4, 4, 1))
    options = schema.Conv2DOptionsT()
    options.strideH = options.strideW = options.dilationHFactor = options.dilationWFactor = options.padding = 1
    weights, bias, scale = graph.weights(x, (2, 2, 2, 1), 2, 0, 4)
    y = graph.operator(schema.BuiltinOperator.CONV_2D, (x, weights, bias), graph.activation((1, 3, 3, 2), scale),
                       schema.BuiltinOptions.Conv2DOptions, options)
    y = make_tflite.dense(graph, y)
    graph.graph.inputs, graph.graph.outputs = [x], [y]
    return graph.model


def changes():
    def code(number, value):
        def change(model):
            model.operatorCodes[number].builtinCode = value
            model.operatorCodes[number].deprecatedBuiltinCode = min(value, 127)
        return change

    def put(path, value):
        """Sets model.subgraphs[0].<path>, in which a number is an index."""
        def change(model):
            *steps, last = path.split(".")
            part = model.subgraphs[0]
            for step in steps:
                part = part[int(step)] if step.isdigit() else getattr(part, step)
            if last.isdigit():
                part[int(last)] = value
            else:
                setattr(part, last, value)
        return change

    def no_subgraph(model):
        model.subgraphs = []

    def version_4(model):
        model.version = 4

    def operator_version(model):
        model.operatorCodes[0].version = 99

    def outside(model):
        model.buffers[1].data, model.buffers[1].offset, model.buffers[1].size = None, 4096, 8

    return {
        "operator": code(0, schema.BuiltinOperator.EXP),
        "newer-operator": code(0, 200),
        "custom-operator": code(0, schema.BuiltinOperator.CUSTOM),
        "operator-version": operator_version,
        "opcode": put("operators.0.opcodeIndex", 77),
        "no-subgraph": no_subgraph,
        "version-4": version_4,
        "outside": outside,
        "two-inputs": put("inputs", [0, 3]),
        "type": put("tensors.0.type", schema.TensorType.FLOAT16),
        "five-axes": put("tensors.0.shape", [1, 1, 4, 4, 1]),
        "negative-extent": put("tensors.0.shape", [1, -4, 4, 1]),
        "variable": put("tensors.0.isVariable", True),
        "buffer": put("tensors.1.buffer", 1000),
        "zero-points": put("tensors.1.quantization.zeroPoint", [0, 1]),
        "activation": put("operators.0.builtinOptions.fusedActivationFunction", schema.ActivationFunctionType.TANH),
        "padding": put("operators.0.builtinOptions.padding", 9),
        "no-options": put("operators.0.builtinOptionsType", 0),
        "two-outputs": put("operators.0.outputs", [3, 4]),
        "stride-0": put("operators.0.builtinOptions.strideW", 0),
        "cycle": put("operators.0.inputs.0", 4),
        "huge": put("tensors.3.shape", [1, 65536, 65536, 65536]),
        "scale-0": put("tensors.0.quantization.scale", [0.0]),
        "shuffled": put("operators.2.builtinOptions.weightsFormat", 1),
    }


def main():
    folder = make_tflite.OUT / "refused"
    folder.mkdir(parents=True, exist_ok=True)
    for name, change in changes().items():
        model = small()
        change(model)
        (folder / f"{name}.tflite").write_bytes(bytes(flatbuffer_utils.convert_object_to_bytearray(model)))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the models under tests/data/tflite with what TensorFlow Lite's reference kernels make of them.

usage: make_tflite.py [--random N] [--out DIR]

Needs TensorFlow (pip install tensorflow-cpu; made with 2.21.0), which nothing else here does. Every NAME.tflite comes with
NAME.in and NAME.out: the raw little-endian elements of its input and of its output, for one or more inputs one after the
other. Seeds are fixed, but training is only as reproducible as TensorFlow is.

  mnist-cnn-f32, mnist-cnn-int8   the network of train/mnist-cnn with a softmax, trained on generated images
  random-0 .. random-N-1          small int8 graphs of random operators, shapes, scales and zero points; built with the
                                  schema's own Python classes, so that they reach what no converter would write
"""
import argparse
import pathlib

import numpy as np
import tensorflow as tf
from tensorflow.lite.python import schema_py_generated as schema
from tensorflow.lite.tools import flatbuffer_utils

OUT = pathlib.Path(__file__).resolve().parent.parent / "tests" / "data" / "tflite"


def reference_outputs(model, inputs):
    """What the reference kernels answer to each input."""
    interpreter = tf.lite.Interpreter(model_content=bytes(model), num_threads=1,
                                      experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    outputs = []
    for array in inputs:
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], array)
        interpreter.invoke()
        outputs.append(interpreter.get_tensor(interpreter.get_output_details()[0]["index"]).copy())
    return outputs


def write(folder, name, model, inputs):
    outputs = reference_outputs(model, inputs)
    (folder / f"{name}.tflite").write_bytes(bytes(model))
    (folder / f"{name}.in").write_bytes(b"".join(array.tobytes() for array in inputs))
    (folder / f"{name}.out").write_bytes(b"".join(array.tobytes() for array in outputs))
    return outputs


# The network of train/mnist-cnn.

def generated_digits(count, rng):
    """Ten smooth patterns, moved by up to two pixels, with noise: u8 images and their classes."""
    patterns = np.random.default_rng(7).normal(size=(10, 7, 7)).repeat(4, axis=1).repeat(4, axis=2)
    labels = rng.integers(0, 10, count)
    images = np.stack([np.roll(patterns[label], rng.integers(-2, 3, 2), axis=(0, 1)) for label in labels])
    return np.clip(110 + 60 * images + rng.normal(scale=20, size=images.shape), 0, 255).astype(np.uint8)[..., None], labels


def train_cnn():
    tf.keras.utils.set_random_seed(1)
    images, labels = generated_digits(1000, np.random.default_rng(1))
    model = tf.keras.Sequential([
        tf.keras.layers.Input((28, 28, 1)), tf.keras.layers.Conv2D(32, 3, activation="relu"), tf.keras.layers.MaxPooling2D(),
        tf.keras.layers.Flatten(), tf.keras.layers.Dense(10, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(images / np.float32(255), labels, batch_size=32, epochs=3, verbose=0, shuffle=False)
    return model, (images / np.float32(255)).astype(np.float32)


def cnn(folder):
    model, images = train_cnn()
    one = tf.keras.Sequential([tf.keras.layers.Input(batch_shape=(1, 28, 28, 1)), *model.layers])
    inputs = [image[None] for image in images[:8]]

    converter = tf.lite.TFLiteConverter.from_keras_model(one)
    write(folder, "mnist-cnn-f32", converter.convert(), inputs)

    converter = tf.lite.TFLiteConverter.from_keras_model(one)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([image[None]] for image in images[:200])
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    int8_model = converter.convert()
    interpreter = tf.lite.Interpreter(model_content=int8_model)
    scale, zero = interpreter.get_input_details()[0]["quantization"]
    write(folder, "mnist-cnn-int8", int8_model,
          [np.clip(np.round(image / np.float32(scale)) + zero, -128, 127).astype(np.int8) for image in inputs])


# Random graphs.

class Graph:
    """A model under construction: tensors are numbered as they are added, operators run in the order of adding."""

    def __init__(self, rng):
        self.rng = rng
        self.model = schema.ModelT()
        self.model.version = 3
        self.model.description = "m1bench test graph"
        self.model.operatorCodes = []
        self.model.buffers = [schema.BufferT()]
        self.graph = schema.SubGraphT()
        self.graph.tensors, self.graph.operators = [], []
        self.model.subgraphs = [self.graph]
        self.shapes, self.scales = [], []

    def tensor(self, shape, kind, scales=(), zero=0, axis=0, constant=None):
        tensor = schema.TensorT()
        tensor.shape, tensor.type, tensor.name = list(shape), kind, f"t{len(self.graph.tensors)}"
        tensor.buffer = 0
        if constant is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(constant.tobytes(), np.uint8)
            tensor.buffer = len(self.model.buffers)
            self.model.buffers.append(buffer)
        if len(scales):
            tensor.quantization = schema.QuantizationParametersT()
            tensor.quantization.scale = [float(np.float32(scale)) for scale in scales]
            tensor.quantization.zeroPoint = [int(zero)] * len(scales)
            tensor.quantization.quantizedDimension = axis
        self.graph.tensors.append(tensor)
        self.shapes.append(tuple(shape))
        self.scales.append(float(np.float32(scales[0])) if len(scales) else None)
        return len(self.graph.tensors) - 1

    def activation(self, shape, scale=None, zero=None):
        scale = np.exp(self.rng.uniform(-5, 0)) if scale is None else scale
        return self.tensor(shape, schema.TensorType.INT8, [scale], self.rng.integers(-128, 128) if zero is None else zero)

    def operator(self, code, inputs, output, options_type=0, options=None):
        operator_code = schema.OperatorCodeT()
        operator_code.builtinCode = operator_code.deprecatedBuiltinCode = code
        operator_code.version = 1
        operator = schema.OperatorT()
        operator.opcodeIndex = len(self.model.operatorCodes)
        self.model.operatorCodes.append(operator_code)
        operator.inputs, operator.outputs = list(inputs), [output]
        operator.builtinOptionsType, operator.builtinOptions = options_type, options
        self.graph.operators.append(operator)
        return output

    def weights(self, x, shape, channels, axis, fan_in, per_channel=True):
        """Random int8 weights and bias for input x, and an output scale that uses the range of int8."""
        rng = self.rng
        scales = np.float32(np.exp(rng.uniform(-6, -3, channels if per_channel else 1)))
        spread = 73 * 70 * np.sqrt(fan_in)
        w = self.tensor(shape, schema.TensorType.INT8, scales, 0, axis, rng.integers(-127, 128, shape).astype(np.int8))
        bias = rng.integers(-int(spread), int(spread) + 1, channels).astype(np.int32)
        b = self.tensor((channels,), schema.TensorType.INT32, np.float32(self.scales[x]) * scales, 0, 0, bias)
        return w, b, self.scales[x] * float(np.median(scales)) * spread / 60 * np.exp(rng.uniform(-0.7, 0.7))

    def finish(self, x, y):
        self.graph.inputs, self.graph.outputs = [x], [y]
        return flatbuffer_utils.convert_object_to_bytearray(self.model)


def some_activation(rng):
    kinds = schema.ActivationFunctionType
    return int(rng.choice([kinds.NONE, kinds.RELU, kinds.RELU6, kinds.RELU_N1_TO_1]))


def slide(options, rng, dilated):
    options.padding = int(rng.integers(0, 2))
    options.strideH, options.strideW = (int(value) for value in rng.integers(1, 3, 2))
    options.fusedActivationFunction = some_activation(rng)
    if dilated and options.strideH == options.strideW == 1:
        options.dilationHFactor, options.dilationWFactor = (int(value) for value in rng.integers(1, 3, 2))
    elif dilated:
        options.dilationHFactor = options.dilationWFactor = 1
    return options


def windows(shape, options, r, s):
    def out(extent, window, stride, dilation):
        return -(-(extent if options.padding == 0 else extent - (window - 1) * dilation) // stride)
    return (out(shape[1], r, options.strideH, getattr(options, "dilationHFactor", 1)),
            out(shape[2], s, options.strideW, getattr(options, "dilationWFactor", 1)))


def convolution(graph, x):
    rng, shape = graph.rng, graph.shapes[x]
    r, s, k = (int(value) for value in rng.integers(1, [4, 4, 9]))
    options = slide(schema.Conv2DOptionsT(), rng, True)
    h, w = windows(shape, options, r, s)
    if h < 1 or w < 1:
        return x
    weights, bias, scale = graph.weights(x, (k, r, s, shape[3]), k, 0, r * s * shape[3], rng.random() < 0.8)
    return graph.operator(schema.BuiltinOperator.CONV_2D, (x, weights, bias), graph.activation((shape[0], h, w, k), scale),
                          schema.BuiltinOptions.Conv2DOptions, options)


def depthwise(graph, x):
    rng, shape = graph.rng, graph.shapes[x]
    r, s, multiplier = (int(value) for value in rng.integers(1, [4, 4, 3]))
    options = slide(schema.DepthwiseConv2DOptionsT(), rng, True)
    options.depthMultiplier = multiplier
    h, w = windows(shape, options, r, s)
    if h < 1 or w < 1:
        return x
    k = shape[3] * multiplier
    weights, bias, scale = graph.weights(x, (1, r, s, k), k, 3, r * s)
    return graph.operator(schema.BuiltinOperator.DEPTHWISE_CONV_2D, (x, weights, bias),
                          graph.activation((shape[0], h, w, k), scale), schema.BuiltinOptions.DepthwiseConv2DOptions, options)


def pooling(graph, x):
    rng, shape = graph.rng, graph.shapes[x]
    options = slide(schema.Pool2DOptionsT(), rng, False)
    options.filterHeight, options.filterWidth = (int(value) for value in rng.integers(1, 4, 2))
    h, w = windows(shape, options, options.filterHeight, options.filterWidth)
    if h < 1 or w < 1:
        return x
    code = schema.BuiltinOperator.MAX_POOL_2D if rng.random() < 0.5 else schema.BuiltinOperator.AVERAGE_POOL_2D
    quantization = graph.graph.tensors[x].quantization
    y = graph.activation((shape[0], h, w, shape[3]), quantization.scale[0], quantization.zeroPoint[0])
    return graph.operator(code, (x,), y, schema.BuiltinOptions.Pool2DOptions, options)


def addition(graph, x):
    """x and another requantisation of x, which has another scale and zero point."""
    options = schema.AddOptionsT()
    options.fusedActivationFunction = some_activation(graph.rng)
    other = requantisation(graph, x)
    scale = (graph.scales[x] + graph.scales[other]) * graph.rng.uniform(0.6, 1.5)
    return graph.operator(schema.BuiltinOperator.ADD, (x, other), graph.activation(graph.shapes[x], scale),
                          schema.BuiltinOptions.AddOptions, options)


def requantisation(graph, x):
    y = graph.activation(graph.shapes[x], graph.scales[x] * graph.rng.uniform(0.5, 2))
    return graph.operator(schema.BuiltinOperator.QUANTIZE, (x,), y, schema.BuiltinOptions.QuantizeOptions,
                          schema.QuantizeOptionsT())


def relu(graph, x):
    code = schema.BuiltinOperator.RELU if graph.rng.random() < 0.5 else schema.BuiltinOperator.RELU6
    return graph.operator(code, (x,), graph.activation(graph.shapes[x], graph.scales[x] * graph.rng.uniform(0.8, 2)))


def dense(graph, x):
    rng, shape = graph.rng, graph.shapes[x]
    inputs, outputs = int(np.prod(shape[1:])), int(rng.integers(2, 12))
    reshape = schema.ReshapeOptionsT()
    reshape.newShape = [shape[0], inputs]
    quantization = graph.graph.tensors[x].quantization
    flat = graph.activation((shape[0], inputs), quantization.scale[0], quantization.zeroPoint[0])
    new_shape = graph.tensor((2,), schema.TensorType.INT32, constant=np.array([shape[0], inputs], np.int32))
    graph.operator(schema.BuiltinOperator.RESHAPE, (x, new_shape), flat, schema.BuiltinOptions.ReshapeOptions, reshape)
    options = schema.FullyConnectedOptionsT()
    options.fusedActivationFunction = some_activation(rng)
    weights, bias, scale = graph.weights(flat, (outputs, inputs), outputs, 0, inputs, rng.random() < 0.5)
    return graph.operator(schema.BuiltinOperator.FULLY_CONNECTED, (flat, weights, bias),
                          graph.activation((shape[0], outputs), scale), schema.BuiltinOptions.FullyConnectedOptions, options)


def random_graph(number):
    rng = np.random.default_rng(1000 + number)
    graph = Graph(rng)
    shape = tuple(int(value) for value in (rng.integers(1, 3), rng.integers(4, 11), rng.integers(4, 11), rng.integers(1, 5)))
    real_ends = number % 4 == 3  # f32 in and out
    y = x = graph.tensor(shape, schema.TensorType.FLOAT32) if real_ends else graph.activation(shape)
    if real_ends:
        y = graph.operator(schema.BuiltinOperator.QUANTIZE, (x,), graph.activation(shape), schema.BuiltinOptions.QuantizeOptions,
                           schema.QuantizeOptionsT())
    steps = [convolution, depthwise, pooling, addition, relu, requantisation]
    for step in rng.permutation(steps)[:rng.integers(2, 6)]:
        y = step(graph, y)
    y = dense(graph, y)
    if real_ends:
        out = graph.tensor(graph.shapes[y], schema.TensorType.FLOAT32)
        y = graph.operator(schema.BuiltinOperator.DEQUANTIZE, (y,), out, schema.BuiltinOptions.DequantizeOptions,
                           schema.DequantizeOptionsT())
    if real_ends:
        inputs = [rng.normal(scale=60 * graph.scales[x + 1], size=shape).astype(np.float32) for _ in range(2)]
    else:
        inputs = [rng.integers(-128, 128, shape).astype(np.int8) for _ in range(2)]
    return graph.finish(x, y), inputs


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--random", type=int, default=8, metavar="N")
    parser.add_argument("--out", type=pathlib.Path, default=OUT)
    parser.add_argument("--only-random", action="store_true", help="leave the trained network as it is")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for number in range(arguments.random):
        write(arguments.out, f"random-{number}", *random_graph(number))
    if not arguments.only_random:
        cnn(arguments.out)


if __name__ == "__main__":
    main()

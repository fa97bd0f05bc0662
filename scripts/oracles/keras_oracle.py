# SPDX-License-Identifier: Apache-2.0
"""Keras on TensorFlow: the implementation whose semantics m1bench follows.

Layers, losses and optimisers are asked in double precision, so that their answers are exact beside m1bench's. The networks
are trained in single precision by Keras's own compile and train_on_batch, as anybody would.
"""
import os
import platform

os.environ |= {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from . import cases  # noqa: E402

layers = keras.layers
tf.config.threading.set_intra_op_parallelism_threads(1)  # one order of summation


def versions():
    return {"python": platform.python_version(), "numpy": np.__version__, "tensorflow": tf.__version__,
            "keras": keras.__version__}


def make_layer(kind, inputs):
    kernel = inputs.get("kernel")
    makers = {
        "dense": lambda: layers.Dense(kernel.shape[-1]),
        "conv2d_valid": lambda: layers.Conv2D(kernel.shape[-1], kernel.shape[:2], padding="valid"),
        "conv2d_same": lambda: layers.Conv2D(kernel.shape[-1], kernel.shape[:2], padding="same"),
        "max_pool2d": lambda: layers.MaxPooling2D(2),
        "flatten": layers.Flatten,
        "relu": layers.ReLU,
        "sigmoid": lambda: layers.Activation("sigmoid"),
        "softmax": layers.Softmax,
    }
    return makers[kind]()


def layer(name, kind, inputs):
    keras.config.set_floatx("float64")
    module = make_layer(kind, inputs)
    x = tf.constant(inputs["x"])
    module.build(x.shape)
    if "kernel" in inputs:
        module.set_weights([inputs["kernel"], inputs["bias"]])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = module(x)
    d_y = cases.upstream_gradient(name, tuple(y.shape))
    d_x, *d_weights = tape.gradient(y, [x, *module.trainable_variables], output_gradients=tf.constant(d_y))
    answers = {"d_y": d_y, "y": y.numpy(), "d_x": d_x.numpy()}
    return answers | dict(zip(("d_kernel", "d_bias"), (d.numpy() for d in d_weights)))


def loss(kind, inputs):
    """The loss, how many samples are right, and the gradient by y."""
    keras.config.set_floatx("float64")
    y, labels = tf.constant(inputs["y"]), inputs.get("labels")
    correct = 0
    with tf.GradientTape() as tape:
        tape.watch(y)
        if kind == "mean_squared_error":
            value = keras.losses.MeanSquaredError()(tf.constant(inputs["targets"]), y)
        elif kind == "sparse_categorical_crossentropy_from_logits":
            value = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, y)
        else:
            value = keras.losses.CategoricalCrossentropy()(keras.utils.to_categorical(labels, y.shape[-1]), y)
    if labels is not None:
        correct = int(np.sum(keras.metrics.sparse_categorical_accuracy(labels, y)))
    return float(value), correct, tape.gradient(value, y).numpy()


def optimizer(kind, inputs):
    """The parameter after each step."""
    keras.config.set_floatx("float64")
    stepper = {"sgd": lambda: keras.optimizers.SGD(0.01), "adam": keras.optimizers.Adam}[kind]()
    parameter = keras.Variable(inputs["value"])
    values = []
    for gradient in inputs["gradients"]:
        stepper.apply([tf.constant(gradient)], [parameter])
        values.append(parameter.numpy())
    return np.array(values)


def make_network(case, sample):
    """The published network, compiled as it was published."""
    dense = layers.Dense
    stacks = {
        "train/regression-mlp": (
            [dense(10, "relu"), dense(1)], "mean_squared_error", keras.optimizers.Adam()),
        "train/mnist-mlp": (
            [layers.Flatten(), dense(1024, "relu"), dense(10, "softmax")],
            "sparse_categorical_crossentropy", keras.optimizers.Adam()),
        "train/mnist-cnn": (
            [layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(2), layers.Flatten(), dense(10, "softmax")],
            "sparse_categorical_crossentropy", keras.optimizers.Adam()),
        "train/cifar-mlp": (
            [layers.Flatten(), dense(3000, "relu"), dense(1000, "relu"), dense(10, "sigmoid")],
            "categorical_crossentropy", keras.optimizers.SGD(0.01)),
    }
    stack, loss_name, stepper = stacks[case]
    network = keras.Sequential([keras.Input(sample), *stack])
    network.compile(optimizer=stepper, loss=loss_name)
    return network


def curve(case, x, y, parameters):
    """The losses of consecutive batches, each before its step."""
    keras.config.set_floatx("float32")
    network = make_network(case, x.shape[1:])
    network.set_weights(parameters)
    if case == "train/cifar-mlp":
        y = keras.utils.to_categorical(y, 10)
    starts = range(0, len(x), cases.BATCH)
    return [float(network.train_on_batch(x[i:i + cases.BATCH], y[i:i + cases.BATCH])) for i in starts]

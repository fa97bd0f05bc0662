# SPDX-License-Identifier: Apache-2.0
"""What the oracles are asked: small random tensors for every layer, loss and optimiser, and the four networks.

Inputs are drawn in single precision, which is what m1bench computes in, and handed out in double precision, which is what
the oracles answer in. RandomState is the generator that NumPy promises never to change.
"""
import zlib

import numpy as np

STEPS = 20  # of training: as many as a dump has rows for, BATCH rows each
BATCH = 32

# name -> kind, shape of x, and for layers with weights the shape of the kernel. A conv2d's padding is part of its kind.
LAYERS = {
    "dense": ("dense", (3, 7), (7, 5)),
    "dense_one_output": ("dense", (5, 9), (9, 1)),
    "conv2d_valid": ("conv2d_valid", (2, 6, 5, 2), (3, 3, 2, 3)),
    "conv2d_valid_one_channel": ("conv2d_valid", (1, 5, 6, 1), (3, 3, 1, 4)),
    "conv2d_same": ("conv2d_same", (2, 4, 5, 2), (3, 3, 2, 3)),
    "conv2d_same_even_filter": ("conv2d_same", (1, 4, 5, 2), (2, 2, 2, 3)),
    "conv2d_same_filter_beyond_image": ("conv2d_same", (1, 3, 4, 1), (5, 5, 1, 2)),
    "max_pool2d": ("max_pool2d", (2, 4, 6, 3), None),
    "max_pool2d_odd": ("max_pool2d", (1, 5, 7, 2), None),
    "max_pool2d_equal_values": ("max_pool2d", (1, 4, 8, 2), None),
    "flatten": ("flatten", (2, 3, 2, 3), None),
    "relu": ("relu", (3, 11), None),
    "sigmoid": ("sigmoid", (3, 9), None),
    "softmax": ("softmax", (4, 7), None),
}
# name -> kind, shape of y
LOSSES = {
    "mean_squared_error": ("mean_squared_error", (4, 3)),
    "mean_squared_error_one_output": ("mean_squared_error", (6, 1)),
    "crossentropy_from_logits": ("sparse_categorical_crossentropy_from_logits", (5, 7)),
    "crossentropy_from_extreme_logits": ("sparse_categorical_crossentropy_from_logits", (6, 4)),
    "crossentropy_on_sigmoid": ("categorical_crossentropy_on_sigmoid", (5, 10)),
    "crossentropy_on_sigmoid_clipped": ("categorical_crossentropy_on_sigmoid", (6, 3)),
}
# name -> kind, magnitude of the gradients: the smaller they are, the more the place of Adam's epsilon matters
OPTIMIZERS = {
    "sgd": ("sgd", 1.0),
    "adam": ("adam", 1.0),
    "adam_small_gradients": ("adam", 1e-3),
    "adam_gradients_near_epsilon": ("adam", 1e-6),
}
OPTIMIZER_STEPS = 6
# Dense 100->10 and so on are the oracles' to build; a dump of each case is what they start from.
NETWORKS = ("train/regression-mlp", "train/mnist-mlp", "train/mnist-cnn", "train/cifar-mlp")


class Source:
    """Random tensors that depend on nothing but the case's name."""

    def __init__(self, name):
        self._random = np.random.RandomState(zlib.crc32(name.encode()))

    def uniform(self, shape, limit=1.0):
        return self._random.uniform(-limit, limit, shape).astype(np.float32).astype(np.float64)

    def labels(self, batch, classes):
        return self._random.randint(0, classes, batch)


def layer_inputs(name):
    """x, and kernel and bias where the layer has them."""
    kind, shape, kernel = LAYERS[name]
    source = Source(name)
    x = source.uniform(shape, 4.0 if kind in ("sigmoid", "softmax") else 1.0)
    if name == "relu":
        x[:, 0] = 0  # where its derivative is a matter of agreement
    if name == "max_pool2d_equal_values":
        x = (x > 0).astype(np.float64)
    inputs = {"x": x}
    if kernel:
        inputs |= {"kernel": source.uniform(kernel), "bias": source.uniform(kernel[-1:])}
    return kind, inputs


def upstream_gradient(name, shape):
    """The gradient of some loss by the layer's output."""
    return Source(name + "/d_y").uniform(shape)


def loss_inputs(name):
    """y, and either labels or targets."""
    kind, shape = LOSSES[name]
    source = Source(name)
    if kind == "mean_squared_error":
        return kind, {"y": source.uniform(shape, 2.0), "targets": source.uniform(shape, 2.0)}
    labels = source.labels(*shape)
    y = source.uniform(shape, 4.0)
    if name == "crossentropy_from_extreme_logits":
        y *= 512  # exp of which overflows, even in double precision, unless the greatest is taken off
    if kind == "categorical_crossentropy_on_sigmoid":
        y = (source.uniform(shape) * 0.49 + 0.5).astype(np.float32).astype(np.float64)
    if name == "crossentropy_on_sigmoid_clipped":
        # p of the label below the clip, zero, above the clip, exactly 1; the last two rows stay as they are.
        labels[:4] = (0, 1, 2, 0)
        y[0], y[1], y[2], y[3] = (2.0**-30, 1, 0.5), (0.5, 0, 0.25), (2.0**-30, 2.0**-31, 1), (0.5, 0, 0)
    return kind, {"y": y, "labels": labels}


def optimizer_inputs(name):
    """One parameter's start, and its gradients: a row for each step."""
    kind, scale = OPTIMIZERS[name]
    source = Source(name)
    gradients = source.uniform((OPTIMIZER_STEPS, 8), scale)
    return kind, {"value": source.uniform(8), "gradients": gradients}

# SPDX-License-Identifier: Apache-2.0
"""PyTorch: a second opinion that shares no code with the first. Where it means something else than Keras (layouts, Adam's
epsilon, the cross-entropy on sigmoid outputs), Keras's meaning is spelled out here.
"""
import math
import platform
import warnings

import numpy as np
import torch

from . import cases

functional = torch.nn.functional
torch.set_num_threads(1)  # one order of summation


def versions():
    return {"python": platform.python_version(), "numpy": np.__version__, "torch": torch.__version__}


def channels_first(x):
    return x.permute(0, 3, 1, 2)


def channels_last(x):
    return x.permute(0, 2, 3, 1)


def convolution(x, kernel, bias, padding):
    """x (n, h, w, c), kernel (r, s, c, k)"""
    warnings.filterwarnings("ignore", "Using padding='same' with even kernel lengths")  # costs time, which is no matter here
    return channels_last(functional.conv2d(channels_first(x), kernel.permute(3, 2, 0, 1), bias, padding=padding))


FORWARD = {
    "dense": lambda x, kernel, bias: x @ kernel + bias,
    "conv2d_valid": lambda *tensors: convolution(*tensors, "valid"),
    "conv2d_same": lambda *tensors: convolution(*tensors, "same"),
    "max_pool2d": lambda x: channels_last(functional.max_pool2d(channels_first(x), 2)),
    "flatten": lambda x: x.reshape(len(x), -1),
    "relu": functional.relu,
    "sigmoid": torch.sigmoid,
    "softmax": lambda x: functional.softmax(x, -1),
}


def tensor(array, watched=True):
    return torch.tensor(array, requires_grad=watched)


def layer(name, kind, inputs):
    tensors = [tensor(array) for array in inputs.values()]
    y = FORWARD[kind](*tensors)
    d_y = cases.upstream_gradient(name, tuple(y.shape))
    y.backward(torch.tensor(d_y))
    answers = {"d_y": d_y, "y": y.detach().numpy()}
    return answers | {"d_" + key: t.grad.numpy() for key, t in zip(inputs, tensors)}


def loss_of(kind, y, wanted):
    if kind == "mean_squared_error":
        return functional.mse_loss(y, wanted)
    if kind == "sparse_categorical_crossentropy_from_logits":
        return functional.cross_entropy(y, wanted)
    p = (y / y.sum(1, keepdim=True)).clamp(1e-7, 1 - 1e-7)
    return functional.nll_loss(p.log(), wanted)


def loss(kind, inputs):
    """The loss, how many samples are right, and the gradient by y."""
    y, labels = tensor(inputs["y"]), inputs.get("labels")
    value = loss_of(kind, y, torch.tensor(inputs["targets"] if labels is None else labels))
    value.backward()
    correct = 0 if labels is None else int((y.argmax(1) == torch.tensor(labels)).sum())
    return value.item(), correct, y.grad.numpy()


class Adam(torch.optim.Adam):
    """With epsilon where Keras has it: PyTorch adds it after the second moment's bias is taken off, Keras before."""

    def __init__(self, parameters):
        super().__init__(parameters, lr=1e-3, betas=(0.9, 0.999))
        self.steps = 0

    def step(self, closure=None):
        self.steps += 1
        self.param_groups[0]["eps"] = 1e-7 / math.sqrt(1 - 0.999**self.steps)
        return super().step(closure)


OPTIMIZERS = {"sgd": lambda parameters: torch.optim.SGD(parameters, lr=0.01), "adam": Adam}


def optimizer(kind, inputs):
    """The parameter after each step."""
    parameter = tensor(inputs["value"])
    stepper = OPTIMIZERS[kind]([parameter])
    values = []
    for gradient in inputs["gradients"]:
        parameter.grad = torch.tensor(gradient)
        stepper.step()
        values.append(parameter.detach().numpy().copy())
    return np.array(values)


def outputs(case, x, p):
    """What the loss is computed from: logits, sigmoid outputs or numbers."""
    if case == "train/mnist-cnn":
        x = FORWARD["max_pool2d"](functional.relu(convolution(x, p[0], p[1], "valid")))
        p = p[2:]
    x = FORWARD["flatten"](x)
    for kernel, bias in zip(p[0:-2:2], p[1:-2:2]):
        x = functional.relu(x @ kernel + bias)
    x = x @ p[-2] + p[-1]
    return torch.sigmoid(x) if case == "train/cifar-mlp" else x


NETWORKS = {
    "train/regression-mlp": ("mean_squared_error", "adam"),
    "train/mnist-mlp": ("sparse_categorical_crossentropy_from_logits", "adam"),
    "train/mnist-cnn": ("sparse_categorical_crossentropy_from_logits", "adam"),
    "train/cifar-mlp": ("categorical_crossentropy_on_sigmoid", "sgd"),
}


def curve(case, x, y, parameters):
    """The losses of consecutive batches, each before its step."""
    kind, optimizer_kind = NETWORKS[case]
    x, y, p = torch.tensor(x), torch.tensor(y), [tensor(array) for array in parameters]
    stepper = OPTIMIZERS[optimizer_kind](p)
    losses = []
    for i in range(0, len(x), cases.BATCH):
        stepper.zero_grad()
        value = loss_of(kind, outputs(case, x[i:i + cases.BATCH], p), y[i:i + cases.BATCH])
        value.backward()
        stepper.step()
        losses.append(value.item())
    return losses

# SPDX-License-Identifier: Apache-2.0
"""TensorFlow's training step of the four networks: one tf.function with TensorFlow's own fused optimisers. They have the same
meaning as Keras's, which m1bench follows, and less to do beside it."""
import itertools
import os
import sys

import numpy

from peers.batches import Batches
from peers.serve import Failure, Work, serve

LEARNING_RATE = {"sgd": 0.01, "adam": 1e-3}
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-7
CLIP = 1e-7  # Keras's, of probabilities under a logarithm
# case -> loss, optimiser
NETWORKS = {
    "train/regression-mlp": ("mean_squared_error", "adam"),
    "train/mnist-mlp": ("crossentropy_from_logits", "adam"),
    "train/mnist-cnn": ("crossentropy_from_logits", "adam"),
    "train/cifar-mlp": ("crossentropy_on_sigmoid", "sgd"),
}


def outputs(tf, case, x, p):
    """Logits, sigmoid outputs or numbers."""
    if case == "train/mnist-cnn":
        x = tf.nn.max_pool2d(tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, p[0], 1, "VALID"), p[1])), 2, 2, "VALID")
        p = p[2:]
    x = tf.reshape(x, (x.shape[0], -1))
    for kernel, bias in zip(p[0:-2:2], p[1:-2:2]):
        x = tf.nn.relu(tf.nn.bias_add(tf.matmul(x, kernel), bias))
    x = tf.nn.bias_add(tf.matmul(x, p[-2]), p[-1])
    return tf.sigmoid(x) if case == "train/cifar-mlp" else x


def loss_of(tf, kind, y, wanted):
    if kind == "mean_squared_error":
        return tf.reduce_mean(tf.math.squared_difference(y, wanted))
    if kind == "crossentropy_from_logits":
        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(wanted, y))
    p = tf.clip_by_value(y / tf.reduce_sum(y, 1, keepdims=True), CLIP, 1 - CLIP)
    return tf.reduce_mean(-tf.reduce_sum(tf.one_hot(wanted, y.shape[1]) * tf.math.log(p), 1))


def sgd(tf, parameters):
    """(update, what it remembers)"""
    def update(gradients):
        for parameter, gradient in zip(parameters, gradients):
            tf.raw_ops.ResourceApplyGradientDescent(var=parameter.handle, alpha=LEARNING_RATE["sgd"], delta=gradient)
    return update, []


def adam(tf, parameters):
    """Epsilon is added before the second moment's bias is taken off, as in Keras."""
    moments = [(tf.Variable(tf.zeros_like(p)), tf.Variable(tf.zeros_like(p))) for p in parameters]
    power_1, power_2 = tf.Variable(BETA_1), tf.Variable(BETA_2)

    def update(gradients):
        for parameter, (m, v), gradient in zip(parameters, moments, gradients):
            tf.raw_ops.ResourceApplyAdam(var=parameter.handle, m=m.handle, v=v.handle, beta1_power=power_1, beta2_power=power_2,
                                         lr=LEARNING_RATE["adam"], beta1=BETA_1, beta2=BETA_2, epsilon=EPSILON, grad=gradient)
        power_1.assign(power_1 * BETA_1)
        power_2.assign(power_2 * BETA_2)
    return update, [power_1, power_2, *(moment for pair in moments for moment in pair)]


class Training(Work):
    def __init__(self, tf, case, folder):
        batches = Batches(folder)
        parameters = [tf.Variable(array) for array in batches.parameters]
        loss, optimizer = NETWORKS[case]
        update, memory = {"sgd": sgd, "adam": adam}[optimizer](tf, parameters)

        @tf.function
        def step(x, y):
            with tf.GradientTape() as tape:
                value = loss_of(tf, loss, outputs(tf, case, x, parameters), y)
            update(tape.gradient(value, parameters))
            return value

        self._step = step
        self._start = [(variable, variable.numpy()) for variable in [*parameters, *memory]]
        self._all = batches.converted(tf.constant)
        self._batches = itertools.cycle(self._all)

    def reset(self):
        for variable, start in self._start:
            variable.assign(start)
        self._batches = itertools.cycle(self._all)

    def loop(self):
        return self._step(*next(self._batches))

    def answer(self, loops):
        return numpy.array([float(self.loop()) for _ in range(loops)])


def peer():
    os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    import tensorflow as tf

    def prepare(case, folder, threads):
        if case not in NETWORKS:
            raise Failure(f"{case} is not TensorFlow's")
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)  # the steps have no branches worth a thread
        return Training(tf, case, folder)

    return {"version": tf.__version__}, prepare


if __name__ == "__main__":
    sys.exit(serve(peer))

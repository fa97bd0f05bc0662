# SPDX-License-Identifier: Apache-2.0
"""PyTorch's training step of the four networks, by autograd. What the step means is the oracle's (scripts/oracles)."""
import re
import sys

import numpy

from peers.batches import Batches
from peers.serve import Failure, serve


class Training:
    def __init__(self, oracle, case, folder):
        self._oracle, self._case = oracle, case
        batches = Batches(folder)
        self._parameters = [oracle.tensor(array) for array in batches.parameters]
        loss, optimizer = oracle.NETWORKS[case]
        self._loss = loss
        self._stepper = oracle.OPTIMIZERS[optimizer](self._parameters)
        # One call for all parameters instead of one each.
        for group in self._stepper.param_groups:
            group["foreach"] = True
        self._batches = batches.in_turns(lambda array: oracle.tensor(array, watched=False))

    def loop(self):
        x, y = next(self._batches)
        self._stepper.zero_grad(set_to_none=True)
        value = self._oracle.loss_of(self._loss, self._oracle.outputs(self._case, x, self._parameters), y)
        value.backward()
        self._stepper.step()
        return value

    def answer(self, loops):
        return numpy.array([self.loop().item() for _ in range(loops)])


def capability(torch):
    found = re.search(r"CPU capability usage: (\S+)", torch.__config__.show())
    return found.group(1) if found else ""


def peer():
    import torch

    from oracles import torch_oracle as oracle

    def prepare(case, folder, threads):
        if case not in oracle.NETWORKS:
            raise Failure(f"{case} is not PyTorch's")
        torch.set_num_threads(threads)
        return Training(oracle, case, folder)

    return {"version": torch.__version__, "isa": capability(torch)}, prepare


if __name__ == "__main__":
    sys.exit(serve(peer))

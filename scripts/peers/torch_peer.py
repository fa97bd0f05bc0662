# SPDX-License-Identifier: Apache-2.0
"""PyTorch's training step of the four networks, by autograd. What the step means is the oracle's (scripts/oracles)."""
import itertools
import re
import sys

import numpy

from peers.batches import Batches
from peers.serve import Failure, Work, serve


class Training(Work):
    def __init__(self, torch, oracle, case, folder):
        self._torch, self._oracle, self._case = torch, oracle, case
        batches = Batches(folder)
        self._start = [oracle.tensor(array, watched=False) for array in batches.parameters]
        self._parameters = [oracle.tensor(array) for array in batches.parameters]
        loss, optimizer = oracle.NETWORKS[case]
        self._loss = loss
        self._stepper = oracle.OPTIMIZERS[optimizer](self._parameters)
        # One call for all parameters instead of one each.
        for group in self._stepper.param_groups:
            group["foreach"] = True
        self._all = batches.converted(lambda array: oracle.tensor(array, watched=False))
        self._batches = itertools.cycle(self._all)

    def reset(self):
        """In place: what was allocated once is not allocated again in the first step that is timed."""
        with self._torch.no_grad():
            for parameter, start in zip(self._parameters, self._start):
                parameter.copy_(start)
            for state in self._stepper.state.values():
                for value in state.values():
                    if value is not None:  # SGD's momentum, which it does not have
                        value.zero_()
        self._stepper.steps = 0
        self._batches = itertools.cycle(self._all)

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
        return Training(torch, oracle, case, folder)

    return {"version": torch.__version__, "isa": capability(torch)}, prepare


if __name__ == "__main__":
    sys.exit(serve(peer))

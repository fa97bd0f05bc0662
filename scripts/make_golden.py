#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks Keras or PyTorch for what m1bench must compute, and writes the answers to tests/data/golden/<oracle>.json.

  m1bench verify 'train/*' --targets x86_64-v2/native --dump DUMP
  python3 scripts/make_golden.py keras --dump DUMP/x86_64-v2_native
  python3 scripts/make_golden.py torch --dump DUMP/x86_64-v2_native

Installs nothing: run it with a Python that has NumPy and the oracle (TensorFlow, or PyTorch). The files say which versions
they were made with; made again with those, they differ by rounding at most. Any native target's dump will do, since inputs
are the same bits on every target. It also prints how far the dump's own losses are from the oracle's.
"""
import argparse
import importlib
import json
import math
import pathlib
import sys


def missing(error):
    return SystemExit(f"this Python cannot import {error.name}: use one that can, or install it in a venv")


try:
    import numpy as np

    from oracles import cases
except ImportError as absent:
    raise missing(absent) from absent

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "tests" / "data" / "golden"


def array(values):
    values = np.asarray(values)
    if not np.all(np.isfinite(values)):
        raise SystemExit("an oracle's answer is not finite")
    return {"shape": list(values.shape), "values": values.reshape(-1).tolist()}


def arrays(named):
    return {name: array(values) for name, values in named.items()}


def small_cases(oracle):
    for name in cases.LAYERS:
        kind, inputs = cases.layer_inputs(name)
        yield {"name": name, "kind": kind, "arrays": arrays(inputs | oracle.layer(name, kind, inputs))}
    for name in cases.LOSSES:
        kind, inputs = cases.loss_inputs(name)
        value, correct, gradient = oracle.loss(kind, inputs)
        yield {"name": name, "kind": kind, "arrays": arrays(inputs | {"loss": value, "correct": correct, "d_y": gradient})}
    for name in cases.OPTIMIZERS:
        kind, inputs = cases.optimizer_inputs(name)
        yield {"name": name, "kind": kind, "arrays": arrays(inputs | {"values": oracle.optimizer(kind, inputs)})}


def curves(oracle, dump):
    for case in cases.NETWORKS:
        folder = dump / case.replace("/", "_")
        facts = json.loads((folder / "case.json").read_text(encoding="utf-8"))
        names = [name for name in facts["arrays"] if name.startswith("param_")]
        parameters = [np.load(folder / f"param_{i}.npy") for i in range(len(names))]
        x, y = np.load(folder / "x.npy"), np.load(folder / "y.npy")
        if len(x) != cases.STEPS * cases.BATCH:
            raise SystemExit(f"{folder} has {len(x)} rows, but {cases.STEPS} steps take {cases.STEPS * cases.BATCH}")
        losses = oracle.curve(case, x, y, parameters)
        ours = np.load(folder / "losses.npy")
        apart = max(abs(a - b) / abs(a) for a, b in zip(losses, ours))
        print(f"{case:22} losses {losses[0]:.6f} to {losses[-1]:.6f}; the dump's are within {apart:.1e} of them")
        yield {"name": case, "kind": "curve", "seed": facts["seed"], "input_checksum": facts["input_checksum"],
               "arrays": arrays({"losses": losses})}


def text_of(document):
    """JSON with a line for each array and each short fact."""
    def lines(value, indent):
        if not isinstance(value, (dict, list)) or (isinstance(value, dict) and "shape" in value):
            return json.dumps(value)
        items = [f"{json.dumps(key)}: {lines(item, indent + 1)}" for key, item in value.items()] \
            if isinstance(value, dict) else [lines(item, indent + 1) for item in value]
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        space = "\n" + " " * indent
        return opening + space + " " + ("," + space + " ").join(items) + space + closing
    return lines(document, 0) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("oracle", choices=("keras", "torch"))
    parser.add_argument("--dump", type=pathlib.Path, required=True, help="one target's folder of a dump of train/*")
    parser.add_argument("--output", type=pathlib.Path, default=FOLDER, help="folder to write to (default tests/data/golden)")
    options = parser.parse_args()
    try:
        oracle = importlib.import_module(f"oracles.{options.oracle}_oracle")
    except ImportError as error:
        raise missing(error) from error
    document = {"made_by": f"scripts/make_golden.py {options.oracle}", "versions": oracle.versions(),
                "cases": [*small_cases(oracle), *curves(oracle, options.dump)]}
    path = options.output / f"{options.oracle}.json"
    path.write_text(text_of(document), encoding="utf-8")
    print(f"{path}: {len(document['cases'])} cases, {math.ceil(path.stat().st_size / 1024)} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""The child's side of child.py for peers, in whatever Python has the library.

A peer is a function that imports its library and returns (facts, prepare): facts are what the greeting tells ("version", and
"isa" where the library knows), and prepare(case, folder, threads) reads the inputs from a folder of a dump and returns Work.
"""
import json
import os
import sys
import time

import numpy


class Failure(Exception):
    """One sentence on what this peer cannot do."""


class Work:
    def loop(self):
        """Computes once."""
        raise NotImplementedError

    def answer(self, loops):
        """Computes that often, after a reset, and returns the answer as an array."""
        raise NotImplementedError

    def reset(self):
        """Back to where it began, for work that goes on from where its last loop ended."""


def run(work, loops, warm_loops):
    """As a worker does: what is timed always starts from the same state."""
    for _ in range(warm_loops):
        work.loop()
    work.reset()
    start = time.perf_counter()
    for _ in range(loops):
        work.loop()
    return {"wall_s": time.perf_counter() - start}


def reply_to(request, prepare, work):
    """(reply, work)"""
    verb = request["verb"]
    if verb == "prepare":
        return {}, prepare(request["case"], request["path"], request["threads"])
    if work is None:
        raise Failure("a case must be prepared first")
    if verb == "verify":
        work.reset()
        numpy.save(request["path"], work.answer(request["loops"]))
        return {}, work
    if verb == "run":
        return run(work, request["loops"], request["warm_loops"]), work
    raise Failure(f"'{verb}' is no request to a peer")


def serve(peer):
    # What a library prints goes elsewhere, or it would break the protocol.
    out = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)

    def send(reply):
        out.write(json.dumps(reply) + "\n")

    try:
        facts, prepare = peer()
    except (ImportError, OSError, AttributeError, Failure) as error:
        send({"error": str(error)})
        return 1
    send({"hello": facts})
    work = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["verb"] == "quit":
            return 0
        try:
            reply, work = reply_to(request, prepare, work)
        except Exception as error:  # noqa: BLE001 - whatever a library throws, the one who asked must hear of it
            reply = {"error": f"{type(error).__name__}: {error}"}
        send(reply)
    return 0

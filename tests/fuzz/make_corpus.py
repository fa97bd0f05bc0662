#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the seed corpora of the fuzz targets beside this file: small valid inputs and one of each way to be malformed.

What it writes is committed, so that the tests need no Python. Inputs that a fuzzer found belong next to these files, under
names this script does not use.
"""
import gzip
import json
import pathlib
import random
import struct

CORPUS = pathlib.Path(__file__).resolve().parent / "corpus"


def write(target, inputs):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in inputs.items():
        (folder / name).write_bytes(data)


def idx():
    def labels(values, magic=0x801, count=None):
        return struct.pack(">II", magic, len(values) if count is None else count) + bytes(values)

    def images(rows, magic=0x803, side=28, count=None):
        pixels = bytes(i * 7 % 256 for i in range(rows * 28 * 28))
        return struct.pack(">IIII", magic, rows if count is None else count, side, 28) + pixels

    def pair(label_file, image_file):
        return struct.pack("<H", len(label_file)) + label_file + image_file

    write("idx", {
        "valid-2": pair(labels([3, 9]), images(2)),
        "empty": b"",
        "short-header": pair(labels([1]), images(1)[:9]),
        "swapped": pair(images(1), labels([1])),
        "gzip-without-suffix": pair(labels([1]), gzip.compress(images(1), mtime=0)),
        "float-images": pair(labels([1]), images(1, magic=0xD03)),
        "rank-4": pair(labels([1]), images(1, magic=0x804)),
        "side-29": pair(labels([1]), images(1, side=29)),
        "no-rows": pair(labels([]), images(0)),
        "rows-4-billion": pair(labels([1]), images(1, count=0xFFFFFFFF)),
        "truncated": pair(labels([1]), images(1)[:-1]),
        "trailing": pair(labels([1]), images(1) + b"x"),
        "counts-disagree": pair(labels([1, 2]), images(1)),
        "label-10": pair(labels([10]), images(1)),
    })


def cifar10():
    def record(label):
        return bytes([label]) + bytes(i % 256 for i in range(3072))

    write("cifar10", {
        "valid-2": record(0) + record(9),
        "empty": b"",
        "truncated": record(1)[:-1],
        "trailing": record(1) + b"\0",
        "label-10": record(3) + record(10),
    })


def gzipped():
    small = gzip.compress(b"hello, hello, hello", mtime=0)
    flipped = bytearray(small)
    flipped[-6] ^= 1
    noise = random.Random(1).randbytes(300)
    write("gzip", {
        "valid": small,
        "valid-stored": gzip.compress(noise, compresslevel=0, mtime=0),
        "valid-two-members": small + small,
        "valid-nothing-inside": gzip.compress(b"", mtime=0),
        "empty": b"",
        "not-gzip": b"hello",
        "truncated": small[:-5],
        "checksum": bytes(flipped),
        "trailing": small + b"garbage",
        "bomb": gzip.compress(bytes(4_000_000), mtime=0),
    })


def packed():
    def file(classes=10, extents=(2, 2, 1), rows=2, payload=None, magic=b"M1BDATA1", rank=3, reserved=0, announced=None):
        if payload is None:
            payload = bytes(range(8)) + bytes([0, 9])
        size = len(payload) if announced is None else announced
        return struct.pack("<8sII3QQQQ", magic, classes, rank, *extents, rows, size, reserved) + payload

    floats = struct.pack("<8f", *[i / 8 for i in range(8)])
    nan = struct.pack("<8f", *([0.0] * 7 + [float("nan")]))
    write("packed", {
        "valid-images": file(),
        "valid-regression": file(classes=0, extents=(3, 1, 1), rank=1, payload=floats),
        "valid-no-rows": file(rows=0, payload=b""),
        "empty": b"",
        "short-header": file()[:63],
        "magic": file(magic=b"M1BDATA2"),
        "version": file(reserved=1),
        "rank-0": file(rank=0),
        "rank-4": file(rank=4),
        "more-extents-than-axes": file(rank=2, extents=(2, 2, 2)),
        "extent-0": file(extents=(0, 2, 1)),
        "extents-overflow": file(extents=(65536, 65536, 65536)),
        "rows-overflow": file(rows=2**63),
        "classes-overflow": file(classes=2**32 - 1),
        "truncated": file()[:-1],
        "trailing": file() + b"x",
        "payload-disagrees": file(announced=11),
        "label-10": file(payload=bytes(9) + bytes([10])),
        "nan-target": file(classes=0, extents=(3, 1, 1), rank=1, payload=nan),
    })


# What no document and no message is.
NOT_OURS = {
    "empty": b"",
    "open-object": b"{",
    "array": b"[]",
    "null": b"null",
    "no-keys": b"{}",
    "not-utf-8": b'{"verb": "\xff\xfe"}',
    "nul": b'{"verb": "quit"}\0',
    "deep": b"[" * 2000,
    "duplicate-key": b'{"seed": 1, "seed": 2}',
    "huge-number": b'{"seed": 1e999}',
}


def wire():
    request = {"verb": "prepare", "case": "matmul/f32/64", "seed": 1, "threads": 1, "data": "", "evaluation_data": "", "path": "",
               "loops": 1, "warm_loops": 0, "slowdown": 1.0, "want_checksum": False, "shared_bytes": 0, "resume": False, "for_training": False,
               "steps": 0, "observe_every": 0}
    reply = {"error": "", "hello": None, "input_checksum": "", "dtype": "", "elements": 0, "loop_s": 0.0, "output_checksum": "",
             "wall_s": 1.5, "cpu_s": 1.25, "max_rss_bytes": None, "context_switches": None, "page_faults": 3,
             "migrations": None, "epoch": 0, "epoch_done": False, "samples": 0, "loss": 0.0, "accuracy": None}
    profile = {"operations": [{"name": "dense_1", "kind": "dense", "pass": "update", "dtype": "f32", "flop": 2.0, "bytes": 4.5}],
               "empty_span_s": 2e-8, "observation_s": 5e-8, "operation_s": [0.5], "observed_loops": 2, "observed_s": 1.0,
               "allocations": 1, "allocated_bytes": 64, "spans": 0}
    write("wire", NOT_OURS | {
        "profile": json.dumps(request | {"verb": "profile", "observe_every": 3}).encode(),
        "reply-profile": json.dumps(reply | {"profile": profile}).encode(),
        "reply-profile-bad-pass": json.dumps(reply).encode().replace(b'"wall_s"', b'"profile": {"operations": [{"pass": "sideways"}]}, "wall_s"'),
        "request": json.dumps(request).encode(),
        "quit": json.dumps(request | {"verb": "quit"}).encode(),
        "unknown-verb": json.dumps(request | {"verb": "fly"}).encode(),
        "negative-loops": json.dumps(request | {"loops": -1}).encode(),
        "seed-is-text": json.dumps(request | {"seed": "1"}).encode(),
        "reply": json.dumps(reply).encode(),
        "reply-error": json.dumps(reply | {"error": "no such case"}).encode(),
        "reply-negative-time": json.dumps(reply | {"wall_s": -1.5}).encode(),
        "reply-truncated": json.dumps(reply).encode()[:-1],
    })


def gbench_json():
    time = {"name": "BM_a", "run_type": "iteration", "real_time": 12.5, "cpu_time": 12.0, "time_unit": "ns"}
    report = lambda *times: json.dumps({"context": {}, "benchmarks": times}).encode()
    write("gbench_json", NOT_OURS | {
        "report": report(time, time | {"name": "BM_a_mean", "run_type": "aggregate"}, time | {"error_occurred": True, "error_message": "no"}),
        "no-benchmarks": report(),
        "nameless": report(time | {"name": ""}),
        "unknown-unit": report(time | {"time_unit": "h"}),
        "negative-time": report(time | {"real_time": -1}),
        "huge-time": report(time).replace(b"12.5", b"1e999"),
        "time-is-text": report(time | {"cpu_time": "1"}),
        "truncated": report(time)[:-5],
    })


def a_machine(**changes):
    conditions = {"load_average": 0.5, "steal_s": None, "thermal_c": {"cpu": 55.5}, "thermal_pressure": None, "on_battery": False,
                  "low_power": None}
    return {"id": "5a17", "os": "", "kernel": "", "arch": "x86_64", "cpu": "CPU", "logical_cpus": 2, "levels": [],
            "memory_bytes": None, "virtual_machine": None, "governor": None, "turbo": None, "smt": True, "cpu_limit": None,
            "timer_resolution_s": 1e-9, "before": conditions, "after": conditions} | changes


def a_target(name, side="", **changes):
    slice_name, translator = name.split("/")
    hello = {"protocol": 1, "build_id": "b1", "arch": "x86_64", "slice": slice_name, "translator": translator, "cpu": "CPU",
             "cpu_features": "", "simd": "", "compiler": "", "flags": "", "note": ""}
    return {"name": f"{side}:{name}" if side else name, "slice": slice_name, "translator": translator,
            "command": ["m1bench", "worker"], "environment": {}, "named": False, "available": True, "cause": "", "remedy": "",
            "hello": hello, "translator_version": None, "side": side, "sha256": None, "slowdown": {}} | changes


def a_case(name):
    return {"name": name, "family": "matmul", "dtype": "f32", "variant": "eigen", "rate": "flops", "flop": 1e6, "bytes": 1e4,
            "samples": 0.0, "seed": 1, "threads": 1, "parameters": {"m": "64"}}


def a_verification(case, target, **changes):
    return {"case": case, "target": target, "status": "right", "cause": "", "remedy": "", "input_checksum": "aa",
            "output_checksum": "bb", "worst_error": 0.0, "worst_bound": 1e-6, "loop_s": 1e-3, "loops": 20, "slow": False,
            "losses": []} | changes


def some_blocks(case, speeds, count, stage=1):
    """Blocks in which each target of `speeds` takes that many times 20 ms, give or take a percent."""
    noise = random.Random(f"{case} {stage}")
    for number in range(count):
        entries = []
        for position, (target, speed) in enumerate(speeds.items()):
            wall_s = [round(0.02 * speed * noise.uniform(0.99, 1.01), 6) for _ in range(2)]
            entries.append({"target": target, "position": position, "loops": 20, "wall_s": wall_s, "cpu_s": wall_s,
                            "max_rss_bytes": None, "context_switches": 1, "page_faults": None, "migrations": None,
                            "checksum": "bb"})
        order = list(range(len(speeds)))
        yield {"round": number, "case": case, "start_s": number * 1.5, "cpus": [number % 2], "stage": stage, "canary_s": 0.005,
               "superseded": number == 1, "turns": order + order[::-1], "targets": entries}


def a_run(speeds, cases=("matmul/f32/64", "elementwise/add"), blocks=3, **session):
    """A run that measured targets named as in `speeds`, the first of which is the baseline. Small, so that a fuzzer is quick."""
    targets = [a_target(name.split(":")[-1], name.split(":")[0] if ":" in name else "") for name in speeds]
    whole_session = {"id": "1f", "started": "2026-01-01T00:00:00Z", "ended": "2026-01-01T00:05:00Z", "seed": 1,
                     "arguments": ["all"], "command": "all", "set": "core", "quick": False, "thorough": False, "shard": "",
                     "merged": [], "budget_s": 90.0, "threads": 1, "baseline": next(iter(speeds), ""), "stop_reason": "budget",
                     "time_spent_s": {"slots": 1.0}} | session
    tool = {"version": "0.1.0", "commit": "", "dirty": False, "build_id": "b1", "build_type": "Release", "compiler": "",
            "flags": "", "strict_fp": False, "libraries": {"Eigen": "3.4.0"}, "translator": "native"}
    return {"schema_version": 1, "tool": tool, "session": whole_session, "machine": a_machine(), "targets": targets,
            "cases": [a_case(case) for case in cases],
            "verifications": [a_verification(case, target) for case in cases for target in speeds],
            "blocks": [block for case in cases for block in some_blocks(case, speeds, blocks)], "failures": [], "warnings": []}


def in_part(run, name, **changes):
    return run | {name: run[name] | changes}


def first_block(run, **changes):
    return run | {"blocks": [run["blocks"][0] | changes, *run["blocks"][1:]]}


def whole_runs():
    """What the reader takes, by name."""
    two = {"x86_64-v3/native": 1.0, "x86_64-v2/native": 2.0}
    sides = {"base:x86_64-v3/native": 1.0, "head:x86_64-v3/native": 1.04}
    plain = a_run(two)
    gate = a_run(sides, command="ab")
    gate["blocks"] += some_blocks("matmul/f32/64", sides, 5, stage=2)
    parts = [{"session": name, "started": "", "ended": "", "stop_reason": "budget", "machine": a_machine(cpu=name)}
             for name in "ab"]
    unlucky = a_run(two | {"arm64/qemu-user": 90.0}, quick=True)
    unlucky["verifications"][2] |= {"status": "wrong", "cause": "element 3 is 1 and should be 2", "worst_error": None}
    unlucky["targets"].append(a_target("arm64/box64", available=False, cause="box64 is not installed", hello=None))
    unlucky["failures"] = [{"case": "", "target": "arm64/qemu-user", "cause": "it died", "remedy": "look"},
                           {"case": "elementwise/add", "target": "x86_64-v2/native", "cause": "it died", "remedy": "look"}]
    return {
        "nothing-measured": a_run({}, cases=()),
        "valid-two-targets": plain,
        "valid-control": a_run(two | {"control:x86_64-v3/native": 1.002}),
        "valid-13-blocks": a_run(two, cases=["matmul/f32/64"], blocks=13),
        "valid-sides": gate,
        "valid-shard": in_part(plain, "session", shard="2/3"),
        "valid-merged": in_part(plain, "session", merged=parts),
        "valid-unlucky": unlucky,
        "valid-slowdown": plain | {"targets": [
            plain["targets"][0], plain["targets"][1] | {"slowdown": {"elementwise/add": 1.05}}]},
    }


def broken_runs():
    """What the reader refuses, by name: a whole run with one thing wrong in each."""
    nothing = a_run({}, cases=())
    run = a_run({"x86_64-v3/native": 1.0, "x86_64-v2/native": 2.0}, cases=["matmul/f32/64"], blocks=1)
    head = [*run["targets"], a_target("x86_64-v4/native", "head")]
    hot = a_machine(before=a_machine()["before"] | {"thermal_c": {"cpu": None}})
    return {
        "schema-2": nothing | {"schema_version": 2},
        "targets-is-text": nothing | {"targets": "arm64/native"},
        "no-machine": {key: value for key, value in nothing.items() if key != "machine"},
        "negative-budget": in_part(nothing, "session", budget_s=-1.0),
        "shard-of-nothing": in_part(nothing, "session", shard="3/2"),
        "shard-and-merged": in_part(nothing, "session", shard="1/2", merged=[
            {"session": "a", "started": "", "ended": "", "stop_reason": "", "machine": a_machine()}]),
        "no-temperature": nothing | {"machine": hot},
        "case-twice": run | {"cases": run["cases"] * 2},
        "stage-3": first_block(run, stage=3),
        "canary-negative": first_block(run, canary_s=-0.005),
        "turn-of-nobody": first_block(run, turns=[0, 1, 1, 2]),
        "turns-without-slots": first_block(run, turns=[0, 1] * 8),
        "head-without-base": run | {"targets": head},
        "side-unknown": run | {"targets": [run["targets"][0], run["targets"][1] | {"side": "tail"}]},
        "slowdown-0": run | {"targets": [run["targets"][0], run["targets"][1] | {"slowdown": {"matmul/f32/64": 0}}]},
    }


def run_json():
    runs = whole_runs() | broken_runs()
    write("run_json", NOT_OURS | {name: json.dumps(run, separators=(",", ":")).encode() for name, run in runs.items()})


def executable():
    arm64, x86_64, i386, ppc, archives = 0x0100000C, 0x01000007, 7, 18, b"!<arch>\n"

    def elf(machine, width=2, order=1, kind=2, table=0, headers=0):
        endian = "<" if order == 1 else ">"
        rest = "QQQIHHHHHH" if width == 2 else "IIIIHHHHHH"
        head = b"\x7fELF" + bytes([width, order, 1]) + bytes(9) + struct.pack(endian + "HHI", kind, machine, 1)
        head += struct.pack(endian + rest, 0, table, 0, 0, 64, 56 if width == 2 else 32, headers, 0, 0, 0)
        return head + struct.pack(endian + "I", 3).ljust(56, b"\0") * headers

    def mach_o(cpu_type, subtype=0, commands=(), wide=True, endian="<", kind=2, count=None):
        body = b"".join(commands)
        count = len(commands) if count is None else count
        fields = [0xFEEDFACF if wide else 0xFEEDFACE, cpu_type, subtype, kind, count, len(body), 0] + [0] * wide
        return struct.pack(f"{endian}{len(fields)}I", *fields) + body

    def command(kind, *words, text=b""):
        body = struct.pack(f"<{len(words)}I", *words) + text
        body += bytes(-len(body) % 8)
        return struct.pack("<II", kind, 8 + len(body)) + body

    def fat(*slices, wide=False, count=None, first=256):
        head, body = struct.pack(">II", 0xCAFEBABF if wide else 0xCAFEBABE, len(slices) if count is None else count), b""
        for cpu_type, contents in slices:
            head += struct.pack(">IIQQII" if wide else ">IIIII", cpu_type, 0, first + len(body), len(contents), 8, *[0] * wide)
            body += contents
        return head.ljust(256, b"\0") + body

    def member(name, contents):
        return b"%-16s%-12d%-6d%-6d%-8o%-10d`\n" % (name, 0, 0, 0, 0o644, len(contents)) + contents + b"\n" * (len(contents) % 2)

    said = [command(0x32, 1, 13 << 16, 0, 0), command(0xC, 24, 0, 0, 0, text=b"/usr/lib/libSystem.B.dylib\0"), command(0x1D, 0x4000, 512)]
    thin, intel = mach_o(arm64, commands=said), mach_o(x86_64, commands=[command(0x24, 10 << 16 | 9 << 8, 0)])
    long_name = member(b"#1/8", b"long.o\0\0" + mach_o(arm64, kind=1))
    write("executable", {
        "elf-x86_64": elf(62), "elf-arm64": elf(183, kind=3), "elf-32-bit": elf(40, width=1), "elf-big-endian": elf(22, order=2),
        "elf-program": elf(62, kind=3, table=64, headers=1), "elf-far-table": elf(62, kind=3, table=2**64 - 1, headers=2),
        "elf-truncated": elf(62)[:19],
        "mach-o-arm64": thin, "mach-o-x86_64": intel, "mach-o-i386": mach_o(i386, wide=False),
        "mach-o-big-endian": mach_o(ppc, wide=False, endian=">"), "mach-o-stranger": mach_o(77),
        "mach-o-truncated": thin[:7], "mach-o-cut-commands": thin[:60], "mach-o-many-commands": mach_o(arm64, count=2**32 - 1),
        "mach-o-tiny-command": mach_o(arm64, commands=[struct.pack("<II", 12, 4)]),
        "mach-o-name-outside": mach_o(arm64, commands=[command(0xC, 2**32 - 1)]),
        "universal": fat((x86_64, intel), (arm64, thin)), "universal-64": fat((x86_64, intel), (arm64, thin), wide=True),
        "universal-overlap": fat((x86_64, intel), (arm64, thin), first=248)[:-9],
        "universal-twice": fat((arm64, thin), (arm64, thin)), "universal-nested": fat((arm64, fat((arm64, thin)))),
        "universal-other": fat((arm64, intel)), "universal-archives": fat((arm64, archives + long_name)),
        "universal-17": fat(*[(arm64, thin)] * 9, count=17), "universal-4-billion": fat((arm64, thin), count=2**32 - 1),
        "universal-truncated": fat((x86_64, intel), (arm64, thin))[:30],
        "archive": archives + member(b"/", b"index") + member(b"//", b"names/\n") + member(b"a.o/", elf(62, kind=1)),
        "archive-long-name": archives + member(b"__.SYMDEF SORTED", b"odd") + long_name,
        "archive-long-name-outside": archives + member(b"#1/99", b"short"), "archive-no-size": archives + b" " * 60,
        "archive-truncated": (archives + long_name)[:80],
        "java-class": b"\xca\xfe\xba\xbe\x00\x00\x00\x41",
        "empty": b"",
    })


def main():
    idx()
    cifar10()
    gzipped()
    packed()
    wire()
    gbench_json()
    run_json()
    executable()


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""What readers of m1bench's feeds ask of them, where the reader itself is not a program that can be run here.

github-action-benchmark: src/extract.ts (extractCustomBenchmarkResult, and no empty list), src/write.ts (results are matched by
name, a smaller value is better), src/extractRangeInfo.ts and src/normalizeBenchmarkResult.ts of
github.com/benchmark-action/github-action-benchmark. Bencher: bencher.dev/docs/reference/bencher-metric-format and its schema,
bencher.dev/bmf.json. The Go benchmark format: golang.org/design/14313-benchmark-format, with the unit lines of golang/go#43744.
"""
import collections
import math
import re

GITHUB_FIELDS = {"name": str, "unit": str, "value": (int, float), "range": str, "extra": str}
BENCHER_NAME_LIMIT, BENCHER_MEASURE_LIMIT = 1024, 64
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)

GoResult = collections.namedtuple("GoResult", "name iterations values")


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def problems_of_github_action(entries):
    """Problems of a document for `tool: customSmallerIsBetter`."""
    if not isinstance(entries, list) or not entries:
        yield "it wants an array that is not empty"
        return
    for entry in entries:
        for field, kind in GITHUB_FIELDS.items():
            if field not in entry and field not in ("range", "extra"):
                yield f"{entry}: no {field}"
            elif field in entry and (not isinstance(entry[field], kind) or isinstance(entry[field], bool)):
                yield f"{entry}: {field} is of another type"
        if set(entry) - set(GITHUB_FIELDS):
            yield f"{entry}: fields that would be dropped"
        if not is_number(entry.get("value")) or entry["value"] <= 0:
            yield f"{entry}: an alert divides by the value"
        if re.search(r"(\+-|\u00b1)\s*\d", entry.get("range", "")):
            yield f"{entry}: its range would be taken for one that is as wide on both sides"
    names = [entry.get("name") for entry in entries]
    if len(set(names)) != len(names):
        yield "two series have one name"


def problems_of_bencher(benchmarks):
    """Problems of a document in Bencher Metric Format."""
    if not isinstance(benchmarks, dict) or not benchmarks:
        yield "it wants an object that is not empty"
        return
    for name, measures in benchmarks.items():
        if not 0 < len(name) <= BENCHER_NAME_LIMIT or UUID.fullmatch(name) or name.endswith("-bencher-ignore"):
            yield f"{name!r} is no name of a benchmark"
        for measure, metric in measures.items():
            if not re.fullmatch("[a-z0-9-]+", measure) or len(measure) > BENCHER_MEASURE_LIMIT:
                yield f"{measure!r} is no slug of a measure"
            if "value" not in metric or set(metric) - {"value", "lower_value", "upper_value"}:
                yield f"{name}: {measure} has {sorted(metric)}"
            elif not all(is_number(value) for value in metric.values()):
                yield f"{name}: {measure} holds what is no number"
            elif not metric.get("lower_value", -math.inf) <= metric["value"] <= metric.get("upper_value", math.inf):
                yield f"{name}: {measure} lies outside of its bounds"


def go_results(text):
    """The result lines of a text in the Go benchmark format; fails on a line that a reader would complain of."""
    results = []
    for line in text.split("\n"):
        if line.startswith("Benchmark"):
            name, iterations, *pairs = line[len("Benchmark"):].split()
            if len(pairs) % 2 or not pairs or not iterations.isdigit():
                raise ValueError(f"no result: {line!r}")
            results.append(GoResult(name, int(iterations), {unit: float(value) for value, unit in zip(pairs[::2], pairs[1::2])}))
        elif line.startswith("Unit "):
            if not all("=" in word for word in line.split()[2:]):
                raise ValueError(f"no unit: {line!r}")
        elif line and not re.match(r"# |[a-z][^\sA-Z]*:[ \t]", line):
            raise ValueError(f"neither a result nor a configuration: {line!r}")
    return results

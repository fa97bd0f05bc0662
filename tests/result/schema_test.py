# SPDX-License-Identifier: Apache-2.0
"""Validates documents against docs/run.schema.json and docs/summary.schema.json, and the schemas against what they promise.

usage: schema_test.py [FILE...]    (without files: the golden documents)
Exit code 77 means skipped: the Python module jsonschema is not installed.
"""
import copy
import pathlib
import re
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import schemas
from schemas import GOLDEN, ROOT, load, undescribed, validator_of

DOCUMENTS = ("report_quick_run.json", "report_linux_summary.json", "report_bounded_summary.json",
             "report_counted_run.json", "report_counted_summary.json")


def keys_in_code():
    """What src/result/fields.hpp writes: the name of each struct, as the schema calls it, with its keys in order."""
    text = (ROOT / "src" / "result" / "fields.hpp").read_text(encoding="utf-8")
    for struct, body in re.findall(r"void visit_fields\(Is<(\w+)>.*?\{(.*?)\n\}", text, re.DOTALL):
        if struct not in ("Request", "Reply", "ProfileReply", "ProfiledOperation"):  # spoken with the worker, never written
            yield re.sub(r"(?<!^)(?=[A-Z])", "_", struct).lower(), re.findall(r'visit(?:\.any)?\("(\w+)"', body)


def drifted(schema):
    described = {"run": schema, **schema["$defs"]}
    written = dict(keys_in_code())
    for name in sorted(described.keys() | written.keys()):
        keys, code = list(described.get(name, {}).get("properties", [])), written.get(name, [])
        if keys != code:
            yield f"docs/run.schema.json has for {name} the keys {keys}, the code {code}"


def problems_with(path, run, summary):
    yield from schemas.problems_with(path, summary if load(path).get("schema") == "m1bench-summary" else run)


def accepted_though_broken(run):
    """The schema must be able to refuse."""
    good = load(GOLDEN / "report_quick_run.json")
    breaks = {
        "a newer version": lambda d: d.update(schema_version=2),
        "no blocks": lambda d: d.pop("blocks"),
        "a negative time": lambda d: d["blocks"][0]["targets"][0]["wall_s"].append(-1),
        "an unknown status": lambda d: d["verifications"][0].update(status="perhaps"),
        "a fractional count": lambda d: d["blocks"][0].update(round=0.5),
        "a temperature below absolute zero": lambda d: d["machine"]["before"]["thermal_c"].update(cpu=-300),
        "a third stage": lambda d: d["blocks"][0].update(stage=3),
        "an unknown side": lambda d: d["targets"][0].update(side="left"),
        "half a hash": lambda d: d["targets"][0].update(sha256="ba7816bf"),
    }
    for name, change in breaks.items():
        broken = copy.deepcopy(good)
        change(broken)
        if run.is_valid(broken):
            yield f"docs/run.schema.json accepts {name}"


def main():
    run, summary = validator_of("run.schema.json"), validator_of("summary.schema.json")
    problems = [f"no description: {place}" for v in (run, summary) for place in undescribed(v.schema)]
    problems += drifted(run.schema)
    problems += accepted_though_broken(run)
    for path in sys.argv[1:] or [GOLDEN / name for name in DOCUMENTS]:
        problems += problems_with(path, run, summary)
    print("\n".join(problems) or "documents and schemas agree")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""Validates documents against docs/run.schema.json and docs/summary.schema.json, and the schemas against what they promise.

usage: schema_test.py [FILE...]    (without files: the golden documents)
Exit code 77 means skipped: the Python module jsonschema is not installed.
"""
import copy
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"


def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def validator_of(name):
    schema = load(ROOT / "docs" / name)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def undescribed(schema, place=""):
    """Every place in a schema whose property carries no description of its own."""
    for key, value in schema.get("properties", {}).items():
        here = f"{place}.{key}"
        if "description" not in value and "$ref" not in value:
            yield here
        yield from undescribed(value, here)
    for key, value in schema.get("$defs", {}).items():
        yield from undescribed(value, f"{place}#{key}")


def unknown_keys(document, schema, root, place=""):
    """Every key of a document that the schema does not describe: the schema allows them, m1bench writes none."""
    for choice in schema.get("anyOf", [schema]):
        choice = root["$defs"][choice["$ref"].rsplit("/", 1)[1]] if "$ref" in choice else choice
        if isinstance(document, list) and "items" in choice:
            for index, item in enumerate(document):
                yield from unknown_keys(item, choice["items"], root, f"{place}[{index}]")
        if isinstance(document, dict) and "properties" in choice:
            for key, value in document.items():
                if key in choice["properties"]:
                    yield from unknown_keys(value, choice["properties"][key], root, f"{place}.{key}")
                else:
                    yield f"{place}.{key}"


def problems_with(path, run, summary):
    document = load(path)
    validator = summary if document.get("schema") == "m1bench-summary" else run
    for error in validator.iter_errors(document):
        yield f"{path}: {error.json_path}: {error.message[:200]}"
    for place in unknown_keys(document, validator.schema, validator.schema):
        yield f"{path}: {place} is not in the schema"


def accepted_though_broken(run):
    """The schema must be able to refuse."""
    good = load(GOLDEN / "report_quick_run.json")
    breaks = {
        "a newer version": lambda d: d.update(schema_version=2),
        "no blocks": lambda d: d.pop("blocks"),
        "a negative time": lambda d: d["blocks"][0]["targets"][0]["wall_s"].append(-1),
        "an unknown status": lambda d: d["verifications"][0].update(status="perhaps"),
        "a fractional count": lambda d: d["blocks"][0].update(round=0.5),
    }
    for name, change in breaks.items():
        broken = copy.deepcopy(good)
        change(broken)
        if run.is_valid(broken):
            yield f"docs/run.schema.json accepts {name}"


def main():
    run, summary = validator_of("run.schema.json"), validator_of("summary.schema.json")
    problems = [f"no description: {place}" for v in (run, summary) for place in undescribed(v.schema)]
    problems += accepted_though_broken(run)
    for path in sys.argv[1:] or [GOLDEN / "report_quick_run.json", GOLDEN / "report_linux_summary.json"]:
        problems += problems_with(path, run, summary)
    print("\n".join(problems) or "documents and schemas agree")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

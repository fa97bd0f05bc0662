# SPDX-License-Identifier: Apache-2.0
"""What the tests of documents against their JSON schemas share."""
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


def problems_with(path, validator):
    document = load(path)
    for error in validator.iter_errors(document):
        yield f"{path}: {error.json_path}: {error.message[:200]}"
    for place in unknown_keys(document, validator.schema, validator.schema):
        yield f"{path}: {place} is not in the schema"

# SPDX-License-Identifier: Apache-2.0
"""Validates golden documents: the gate's JSON against docs/comparison.schema.json, JUnit XML against what readers of that want,
the doctor's JSON against docs/doctor.schema.json, and explain's against docs/explain.schema.json.

Exit code 77 means skipped: the Python module jsonschema is not installed.
"""
import collections
import copy
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from schemas import GOLDEN, ROOT, load, problems_with, undescribed, validator_of

Element = collections.namedtuple("Element", "attributes children text")

# The rules of Ant's schema (github.com/windyroad/JUnit-Schema) that apply here, with what Jenkins's xunit plugin adds: which
# attributes an element has (all of them required, with their pattern), and its children, as a pattern over their names.
COUNT, TIME, NAME, ANY = r"\d+", r"\d+\.\d+", r"\S(.*\S)?", r".*"
RULES = {
    "testsuites": Element({}, r"(testsuite )*", False),
    "testsuite": Element(
        {"name": NAME, "package": NAME, "id": COUNT, "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", "hostname": NAME,
         "tests": COUNT, "failures": COUNT, "errors": COUNT, "skipped": COUNT, "time": TIME},
        r"properties (testcase )*system-out system-err ", False),
    "properties": Element({}, r"(property )*", False),
    "property": Element({"name": NAME, "value": ANY}, "", False),
    "testcase": Element({"classname": NAME, "name": NAME, "time": TIME}, r"(skipped |error |failure )?", False),
    "failure": Element({"type": NAME, "message": ANY}, "", True),
    "error": Element({"type": NAME, "message": ANY}, "", True),
    "skipped": Element({"message": ANY}, "", False),
    "system-out": Element({}, "", True),
    "system-err": Element({}, "", True),
}


def problems_of_element(element, place):
    rule = RULES.get(element.tag)
    if rule is None:
        yield f"{place}: <{element.tag}> is no element of JUnit"
        return
    if set(element.attrib) != set(rule.attributes):
        yield f"{place}: <{element.tag}> has the attributes {sorted(element.attrib)}"
    for name, value in element.attrib.items():
        if not re.fullmatch(rule.attributes.get(name, ANY), value, re.DOTALL):
            yield f"{place}: {name}={value!r}"
    children = "".join(child.tag + " " for child in element)
    if not re.fullmatch(rule.children, children):
        yield f"{place}: <{element.tag}> holds {children}"
    if not rule.text and (element.text or "").strip():
        yield f"{place}: <{element.tag}> holds text"
    for child in element:
        yield from problems_of_element(child, f"{place}/{child.tag}")


def problems_of_junit(path):
    root = ElementTree.parse(path).getroot()  # well-formed, or this throws
    yield from problems_of_element(root, path.name)
    for suite in root:
        for attribute, found in (("tests", suite.findall("testcase")), ("failures", suite.findall("testcase/failure")),
                                 ("errors", suite.findall("testcase/error")),
                                 ("skipped", suite.findall("testcase/skipped"))):
            if int(suite.get(attribute)) != len(found):
                yield f"{path}: {attribute} is {suite.get(attribute)}, and there are {len(found)}"
        if not suite.findall("testcase"):
            yield f"{path}: a suite without tests passes unseen"


def accepted_though_broken(validator):
    """The schema must be able to refuse."""
    good = load(GOLDEN / "report_comparison_ab.json")
    breaks = {
        "a newer version": lambda d: d.update(schema_version=2),
        "no changes": lambda d: d.pop("changes"),
        "an unknown outcome": lambda d: d.update(outcome="fine"),
        "an unknown decision": lambda d: d["changes"][0].update(decision="slower"),
        "a p beyond 1": lambda d: d["changes"][0].update(p=1.5),
        "a negative time": lambda d: d["changes"][0].update(head_time_s=-1),
        "a field without its value": lambda d: d["unlike"].append({"field": "seed", "base": "1"}),
    }
    for name, change in breaks.items():
        broken = copy.deepcopy(good)
        change(broken)
        if validator.is_valid(broken):
            yield f"docs/comparison.schema.json accepts {name}"


def problems_of_doctor():
    """What a run file holds too is described as there, but that a diagnosis knows no "before" and "after"."""
    validator = validator_of("doctor.schema.json")
    run, doctor = load(ROOT / "docs" / "run.schema.json")["$defs"], validator.schema["$defs"]
    expected = copy.deepcopy(run["machine"]["properties"])
    expected["now"] = expected.pop("before")
    del expected["after"]
    if doctor["machine"]["properties"] != expected:
        yield "docs/doctor.schema.json describes the machine in another way than docs/run.schema.json"
    for name in ("tool", "cpu_level", "conditions", "target", "hello"):
        if doctor[name] != run[name]:
            yield f"docs/doctor.schema.json describes {name} in another way than docs/run.schema.json"
    yield from (f"no description: {place}" for place in undescribed(validator.schema))
    documents = sorted(GOLDEN.glob("report_doctor_*.json"))
    if len(documents) < 3:
        yield "golden documents of the doctor are missing"
    for path in documents:
        yield from problems_with(path, validator)
    broken = load(documents[0])
    broken["findings"].append({"severity": "fatal", "code": "x", "target": None, "message": "x", "remedy": ""})
    if validator.is_valid(broken):
        yield "docs/doctor.schema.json accepts an unknown severity"


def problems_of_explain():
    validator = validator_of("explain.schema.json")
    yield from (f"no description: {place}" for place in undescribed(validator.schema))
    documents = sorted(GOLDEN.glob("report_explain_*.json"))
    if len(documents) < 6:
        yield "golden documents of explain are missing"
    for path in documents:
        yield from problems_with(path, validator)
    for name, change in {"a share above 1": lambda told: told["reasons"][0].update(share=1.5),
                         "an unknown state": lambda told: told.update(state="fine"),
                         "an unknown outcome": lambda told: told.update(outcome="fine"),
                         "no reasons": lambda told: told.pop("reasons")}.items():
        broken = load(GOLDEN / "report_explain_rosetta.json")
        change(broken["cases"][0]["targets"][0])
        if validator.is_valid(broken):
            yield f"docs/explain.schema.json accepts {name}"


def main():
    validator = validator_of("comparison.schema.json")
    problems = [f"no description: {place}" for place in undescribed(validator.schema)]
    problems += accepted_though_broken(validator)
    documents = sorted(GOLDEN.glob("report_comparison_*.json"))
    suites = sorted(GOLDEN.glob("report_*.xml"))
    if len(documents) < 7 or len(suites) < 10:
        problems.append("golden documents are missing")
    for path in documents:
        problems += problems_with(path, validator)
    for path in suites:
        problems += problems_of_junit(path)
    problems += problems_of_doctor()
    problems += problems_of_explain()
    print("\n".join(problems) or "documents, schema and JUnit's rules agree")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

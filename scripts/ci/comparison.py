# SPDX-License-Identifier: Apache-2.0
"""What `m1bench compare --format json` wrote (docs/comparison.schema.json), read as if anyone had written it.

Only what is shown is kept. Texts are kept as they are: whoever shows one neutralises it (markdown.code).
"""
import json
import math
from dataclasses import dataclass
from typing import List, Optional

from refused import Refused

FILE_LIMIT = 4 << 20  # bytes
ROW_LIMIT = 5000

OUTCOMES = ("ok", "unsure", "regressed", "not comparable", "wrong answers")
DECISIONS = ("wrong", "missing", "regressed", "unsure", "ok")  # what matters most first


@dataclass
class Change:
    """One case on one target, from base to head; times in seconds, `change` as a ratio, `half_width` in its logarithm."""
    case: str
    target: str
    decision: str
    cause: str
    margin: float
    base_s: Optional[float]
    head_s: Optional[float]
    change: Optional[float]
    low: Optional[float]
    high: Optional[float]
    half_width: Optional[float]


@dataclass
class Comparison:
    outcome: str
    tested: int
    margin: float
    changes: List[Change]
    unlike: List[str]    # names of the fields in which base and head are not alike
    warnings: List[str]  # codes


def value_of(row, key, kind):
    if not isinstance(row, dict) or not isinstance(row.get(key), kind) or isinstance(row[key], bool):
        raise Refused(f"'{key}' is missing in the comparison, or of another kind")
    return row[key]


def number_of(row, key):
    """A finite number that is not negative, as every number shown is."""
    number = value_of(row, key, (int, float))
    if not math.isfinite(number) or number < 0:
        raise Refused(f"'{key}' in the comparison is no number that can be")
    return float(number)


def optional_number_of(row, key):
    if isinstance(row, dict) and key in row and row[key] is None:
        return None
    return number_of(row, key)


def one_of(row, key, allowed):
    text = value_of(row, key, str)
    if text not in allowed:
        raise Refused(f"'{key}' in the comparison has a value that m1bench does not write")
    return text


def change_of(row):
    return Change(case=value_of(row, "case", str), target=value_of(row, "target", str),
                  decision=one_of(row, "decision", DECISIONS), cause=value_of(row, "cause", str), margin=number_of(row, "margin"),
                  base_s=optional_number_of(row, "base_time_s"), head_s=optional_number_of(row, "head_time_s"),
                  change=optional_number_of(row, "change"), low=optional_number_of(row, "low"),
                  high=optional_number_of(row, "high"), half_width=optional_number_of(row, "half_width"))


def short_integer(digits):
    """Python reads an integer of millions of digits in minutes."""
    if len(digits) > 20:
        raise ValueError("an integer of more than 20 digits")
    return int(digits)


def read(contents):
    """The comparison in these bytes. Raises Refused."""
    if len(contents) > FILE_LIMIT:
        raise Refused(f"the comparison has {len(contents)} bytes; the limit is {FILE_LIMIT}")
    try:
        document = json.loads(contents.decode("utf-8"), parse_int=short_integer)
    except (ValueError, RecursionError) as error:
        raise Refused(f"the comparison is no JSON in UTF-8 ({type(error).__name__})") from error
    one_of(document, "schema", ("m1bench-comparison",))
    if value_of(document, "schema_version", int) != 1:
        raise Refused("the comparison has another schema version than 1")
    rows = value_of(document, "changes", list)
    if len(rows) > ROW_LIMIT:
        raise Refused(f"the comparison has {len(rows)} rows; the limit is {ROW_LIMIT}")
    return Comparison(
        outcome=one_of(document, "outcome", OUTCOMES), tested=int(number_of(document, "tested")),
        margin=number_of(document, "margin"),
        changes=[change_of(row) for row in rows],
        unlike=[value_of(row, "field", str) for row in value_of(document, "unlike", list)],
        warnings=[value_of(row, "code", str) for row in value_of(value_of(document, "head", dict), "warnings", list)])

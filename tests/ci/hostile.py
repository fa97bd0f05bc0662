# SPDX-License-Identifier: Apache-2.0
"""What the tests of scripts/ci share: where it is, a comparison as m1bench writes it, and artefacts made of such."""
import io
import json
import pathlib
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts" / "ci"
sys.path.insert(0, str(SCRIPTS))


def change(**values):
    row = {"case": "matmul/f32/256", "target": "arm64/native", "decision": "ok", "confirmed": False, "cause": "", "remedy": "",
           "margin": 0.05, "base_time_s": 0.000589, "head_time_s": 0.000636, "change": 1.08, "low": 1.07, "high": 1.09,
           "upper": 1.09, "log_change": 0.077, "half_width": 0.01, "p": 0.5, "adjusted_p": 1,
           "base_blocks": 12, "head_blocks": 12}
    row.update(values)
    return row


def document(**values):
    run = {"session": "1", "started": "", "tool_version": "0.1.0", "commit": "", "build_id": "", "baseline": "arm64/native",
           "quick": False, "warnings": []}
    whole = {"schema": "m1bench-comparison", "schema_version": 1, "outcome": "ok", "headline": "", "pairing": "blocks",
             "base": run, "head": run, "margin": 0.05, "control_half_width": None, "tested": 1, "adjustment": "holm",
             "forced": False, "unlike": [], "changes": [change()], "only_in_head": [], "absolute": [], "notes": []}
    whole.update(values)
    return whole


def encoded(**values):
    return json.dumps(document(**values)).encode()


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    """A zip file of {name, or ZipInfo: bytes}."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, contents in files.items():
            archive.writestr(name, contents)
    return packed.getvalue()

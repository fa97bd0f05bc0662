# SPDX-License-Identifier: Apache-2.0
"""Makes the raw runs, one `m1bench ab` after the other, and goes on where an earlier sitting stopped."""
import contextlib
import datetime
import json
import os
import signal
import subprocess
import sys
import time

from study.copies import program_of
from study.failure import Stopped, StudyError
from study.load import busy_machine

RECORDS = "suites.jsonl"
PATIENCE_S = 20        # for m1bench to leave after an interrupt; it promises a second
LOCK_RETRY_S = 20
USAGE = 2              # the exit code that comes with
LOCKED = "another m1bench is measuring"


def say(text):
    print(f"aa-study: {text}", file=sys.stderr, flush=True)


def is_finished(folder):
    """Does it hold a run that came to its own end?"""
    try:
        session = json.loads((folder / "run.json").read_text(encoding="utf-8"))["session"]
    except (OSError, ValueError, KeyError):
        return False
    return bool(session.get("ended")) and session.get("stop_reason") != "interrupted"


def is_loaded(number, load):
    """Every second suite under load, so that whatever else changes in the meantime meets both conditions alike."""
    return load == "all" or (load == "half" and number % 2 == 0)


def agree(folder, plan):
    """Writes down what a group of runs measures; refuses to mix it with something else."""
    file = folder / "plan.json"
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.write_text(json.dumps(plan, indent=2) + "\n", encoding="utf-8")
    before = json.loads(file.read_text(encoding="utf-8"))
    unlike = sorted(name for name in plan if plan[name] != before.get(name))
    if unlike:
        raise StudyError(f"{folder} was begun with other {', '.join(unlike)}; use those ({file}), or another folder")


def run_once(command, log):
    """Runs one session to its end; an interrupt reaches it, is awaited, and goes on upwards."""
    with open(log, "w", encoding="utf-8") as output:
        # In a session of its own, so that Ctrl-C reaches it once and through us.
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                                 start_new_session=True)
        try:
            return child.wait()
        except Stopped:
            child.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(PATIENCE_S)
            raise
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()


def measure(command, log, loaded):
    """One suite, with or without load; what the run file does not tell of it. Waits while others measure on this machine."""
    while True:
        record = {"load": loaded, "started": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
                  "load_before": os.getloadavg()}
        begun = time.monotonic()
        with busy_machine() if loaded else contextlib.nullcontext():
            record["exit_code"] = run_once(command, log)
        record |= {"wall_s": round(time.monotonic() - begun, 3), "load_after": os.getloadavg()}
        if record["exit_code"] != USAGE or LOCKED not in log.read_text(encoding="utf-8", errors="replace"):
            return record
        say(f"{LOCKED}; trying again in {LOCK_RETRY_S} s")
        time.sleep(LOCK_RETRY_S)


def record_suite(folder, name, command, seed, loaded):
    """Measures one suite and appends it to the group's records."""
    log = folder / f"{name}.log"
    record = {"folder": name, "seed": seed, **measure(command, log, loaded)}
    if not is_finished(folder / name):
        tail = log.read_text(encoding="utf-8", errors="replace").strip()[-500:]
        raise StudyError(f"{folder / name} holds no finished run (exit code {record['exit_code']}); m1bench said: {tail}")
    with open(folder / RECORDS, "a", encoding="utf-8") as records:
        records.write(json.dumps(record) + "\n")
    return record


def run_group(folder, prefix, count, plan, copies, options):
    """Runs what is missing of `prefix`-01 ... `prefix`-`count` in this folder. `options` are further words for `m1bench ab`."""
    agree(folder, plan)
    base, head = copies
    for number in range(1, count + 1):
        name, seed = f"{prefix}-{number:02}", plan["seed"] + number
        if is_finished(folder / name):
            continue
        loaded = is_loaded(number, plan["load"])
        command = [program_of(base), "ab", "--base", base, "--head", head, *plan["cases"], "--seed", seed, "-o", folder / name,
                   "--force", *options]
        record = record_suite(folder, name, [str(word) for word in command], seed, loaded)
        condition = "loaded" if loaded else "quiet"
        say(f"{folder / name} of {count}: {condition}, {record['wall_s']:.0f} s, exit code {record['exit_code']}")
    say(f"all {count} of {folder / prefix}-* are there; look at them with: scripts/aa-study report")

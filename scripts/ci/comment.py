#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tells a pull request what its regression run measured, in one comment that is updated: comment.py

Runs in the workflow_run event with a token that may write to pull requests. That the event happened, and of which commit, is
GitHub's word; the artefact is anybody's, and so only data (artifact.py, comparison.py, markdown.py). Which pull request it is
follows from the event and GitHub's list of open ones, never from the artefact. Environment: GITHUB_EVENT_PATH,
GITHUB_REPOSITORY, GITHUB_SERVER_URL, and GH_TOKEN for the `gh` command.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

import artifact
import comparison
import markdown
from refused import Refused

ARTIFACT = "m1bench-comparison"
FILE = "comparison.json"
MARKER = "<!-- m1bench regression -->"
AUTHOR = "github-actions[bot]"
PAGES = 30  # of 100 comments


def gh(*words, body=None):
    """What `gh api` answers, as bytes."""
    done = subprocess.run(["gh", "api", *words, *(["--input", "-"] if body else [])],
                          input=json.dumps(body).encode() if body else b"", stdout=subprocess.PIPE, check=True)
    return done.stdout


def pull_request_of(run, repository):
    """The number of the one open pull request whose head this run measured, else None. The event itself lists none that comes
    from a fork, so GitHub is asked for those of the head branch."""
    head = run.get("head_repository") or {}
    if run["event"] != "pull_request" or not head.get("owner"):
        return None
    answer = gh("--method", "GET", f"repos/{repository}/pulls", "--raw-field", "state=open", "--raw-field", "per_page=100",
                "--raw-field", f"head={head['owner']['login']}:{run['head_branch']}")
    numbers = [int(pull["number"]) for pull in json.loads(answer)
               if pull["head"]["sha"] == run["head_sha"] and (pull["head"]["repo"] or {}).get("full_name") == head["full_name"]]
    return numbers[0] if len(numbers) == 1 else None


def artifact_of(run, repository):
    """The bytes of the run's artefact, or None where it made none: what does not build is told by the run itself."""
    answer = json.loads(gh("--method", "GET", f"repos/{repository}/actions/runs/{int(run['id'])}/artifacts",
                           "--raw-field", f"name={ARTIFACT}"))
    usable = [item for item in answer["artifacts"] if item["name"] == ARTIFACT and not item["expired"]]
    if not usable:
        return None
    newest = max(usable, key=lambda item: item["id"])  # a run that was started again has one for each attempt
    if newest["size_in_bytes"] > artifact.ARCHIVE_LIMIT:
        raise Refused(f"the artefact has {newest['size_in_bytes']} bytes; the limit is {artifact.ARCHIVE_LIMIT}")
    return gh(f"repos/{repository}/actions/artifacts/{int(newest['id'])}/zip")


def earlier_comment(number, repository):
    """The id of the comment to update, else None. Somebody else's comment is never touched, whatever it begins with."""
    for page in range(1, PAGES + 1):
        comments = json.loads(gh(f"repos/{repository}/issues/{number}/comments?per_page=100&page={page}"))
        for comment in comments:
            if (comment.get("user") or {}).get("login") == AUTHOR and (comment.get("body") or "").startswith(MARKER):
                return int(comment["id"])
        if len(comments) < 100:
            break
    return None


def comment_text(run, repository, contents):
    if not re.fullmatch("[0-9a-f]{40}", run["head_sha"]):
        raise Refused("the event names no commit")
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    where = f"{server}/{repository}/actions/runs/{int(run['id'])}"
    return (f"{MARKER}\n{markdown.render(comparison.read(contents))}\n"
            f"<sub>Measured at {run['head_sha'][:12]} in [this run]({where}), which keeps the raw data.</sub>\n")


def main():
    repository = os.environ["GITHUB_REPOSITORY"]
    run = json.loads(pathlib.Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))["workflow_run"]
    number = pull_request_of(run, repository)
    if number is None:
        print("no open pull request has this commit as its head: nothing to tell")
        return
    archive = artifact_of(run, repository)
    if archive is None:
        print("the run measured nothing: nothing to tell")
        return
    body = {"body": comment_text(run, repository, artifact.file_in(archive, FILE, comparison.FILE_LIMIT))}
    earlier = earlier_comment(number, repository)
    if earlier is None:
        gh("--method", "POST", f"repos/{repository}/issues/{number}/comments", body=body)
    else:
        gh("--method", "PATCH", f"repos/{repository}/issues/comments/{earlier}", body=body)
    print(f"told pull request {number}")


if __name__ == "__main__":
    try:
        main()
    except Refused as error:
        sys.exit(f"comment: {error}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"comment: `gh api` failed with {error.returncode}")

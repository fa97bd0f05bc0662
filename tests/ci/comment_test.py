#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""scripts/ci/comment.py beside a `gh` that answers as GitHub does and writes down what it was asked."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from hostile import SCRIPTS, change, encoded, zipped

SHA = "0123456789abcdef0123456789abcdef01234567"
API = "repos/owner/m1bench/"

GH = """#!{python}
import json, pathlib, sys
words = [word for word in sys.argv[2:]]
path = next(word for word in words if word.startswith("repos/"))
folder = pathlib.Path({folder!r})
with open(folder / "asked", "a") as log:
    log.write(json.dumps([words, sys.stdin.read()]) + "\\n")
if "POST" in words or "PATCH" in words:
    sys.exit(0)
answers = json.loads((folder / "answers").read_text())
if path not in answers:
    sys.exit("no such thing: " + path)
sys.stdout.buffer.write(bytes.fromhex(answers[path]))
"""


def pull(number, sha=SHA, repository="fork/m1bench"):
    return {"number": number, "head": {"sha": sha, "repo": {"full_name": repository}}}


def stored(size=1000, number=9, name="m1bench-comparison", expired=False):
    return {"id": number, "name": name, "size_in_bytes": size, "expired": expired}


class Comment(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="m1bench-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        gh = self.folder / "gh"
        gh.write_text(GH.format(python=sys.executable, folder=str(self.folder)), encoding="utf-8")
        gh.chmod(0o755)
        self.run_of_event = {"id": 77, "event": "pull_request", "head_sha": SHA, "head_branch": "@/etc/passwd;`id`",
                             "head_repository": {"full_name": "fork/m1bench", "owner": {"login": "fork"}}}
        self.answers = {API + "pulls": [pull(5)], API + "actions/runs/77/artifacts": {"artifacts": [stored()]},
                        API + "actions/artifacts/9/zip": zipped({"comparison.json": encoded()}),
                        API + "issues/5/comments?per_page=100&page=1": []}

    def comment(self, code=0):
        """Runs it; returns its output and what it changed on GitHub: [(words, body)]."""
        (self.folder / "event.json").write_text(json.dumps({"workflow_run": self.run_of_event}), encoding="utf-8")
        answers = {path: (answer if isinstance(answer, bytes) else json.dumps(answer).encode()).hex()
                   for path, answer in self.answers.items()}
        (self.folder / "answers").write_text(json.dumps(answers), encoding="utf-8")
        environment = dict(os.environ, PATH=f"{self.folder}:{os.environ['PATH']}", GITHUB_REPOSITORY="owner/m1bench",
                           GITHUB_EVENT_PATH=str(self.folder / "event.json"), GITHUB_SERVER_URL="https://github.com")
        done = subprocess.run([sys.executable, SCRIPTS / "comment.py"], env=environment, capture_output=True, text=True,
                              timeout=60)
        self.assertEqual(done.returncode, code, done)
        self.assertNotIn("Traceback", done.stderr)
        self.asked = [json.loads(line) for line in (self.folder / "asked").read_text(encoding="utf-8").splitlines()] \
            if (self.folder / "asked").exists() else []
        changed = [(words, json.loads(body)["body"]) for words, body in self.asked if "POST" in words or "PATCH" in words]
        return done.stdout + done.stderr, changed

    def test_the_first_comment(self):
        _, changed = self.comment()
        (words, body), = changed
        self.assertEqual(words, ["--method", "POST", API + "issues/5/comments", "--input", "-"])
        self.assertTrue(body.startswith("<!-- m1bench regression -->\n### m1bench: no slowdown found\n"), body)
        self.assertIn("Measured at 0123456789ab in [this run](https://github.com/owner/m1bench/actions/runs/77)", body)
        self.assertIn(["--method", "GET", API + "pulls", "--raw-field", "state=open", "--raw-field", "per_page=100",
                       "--raw-field", "head=fork:@/etc/passwd;`id`"], [words for words, _ in self.asked])

    def test_its_own_comment_is_updated_and_no_other(self):
        marker = "<!-- m1bench regression -->"
        self.answers[API + "issues/5/comments?per_page=100&page=1"] = [
            {"id": number, "user": {"login": "octocat"}, "body": marker} for number in range(99)] + [
            {"id": 99, "user": {"login": "github-actions[bot]"}, "body": "of another workflow; " + marker}]
        self.answers[API + "issues/5/comments?per_page=100&page=2"] = [
            {"id": 400, "user": None, "body": None},
            {"id": 500, "user": {"login": "github-actions[bot]"}, "body": marker + "\nold"}]
        _, changed = self.comment()
        self.assertEqual([words for words, _ in changed], [["--method", "PATCH", API + "issues/comments/500", "--input", "-"]])

    def test_where_there_is_nothing_to_tell(self):
        for name, path, answer in [
            ("no pull request", "pulls", []), ("a newer commit", "pulls", [pull(5, sha="f" * 40)]),
            ("another fork", "pulls", [pull(5, repository="other/m1bench")]), ("two of one branch", "pulls", [pull(5), pull(6)]),
            ("a fork that is gone", "pulls", [{"number": 5, "head": {"sha": SHA, "repo": None}}]),
            ("no artefact", "actions/runs/77/artifacts", {"artifacts": []}),
            ("an expired one", "actions/runs/77/artifacts", {"artifacts": [stored(expired=True)]}),
            ("one of another name", "actions/runs/77/artifacts", {"artifacts": [stored(name="m1bench-run")]}),
        ]:
            with self.subTest(name):
                self.setUp()
                self.answers[API + path] = answer
                said, changed = self.comment()
                self.assertIn("nothing to tell", said)
                self.assertEqual(changed, [])

    def test_an_event_that_is_no_pull_request(self):
        for change_of_event in ({"event": "push"}, {"head_repository": None}):
            with self.subTest(change_of_event):
                self.setUp()
                self.run_of_event.update(change_of_event)
                self.assertEqual(self.comment()[1], [])

    def test_an_artefact_that_is_none_is_not_told(self):
        for name, answer in [("no zip", b"it"), ("no comparison", zipped({"comparison.json": b"{}"})),
                             ("a number for the pull request", zipped({"number": b"1"}))]:
            with self.subTest(name):
                self.setUp()
                self.answers[API + "actions/artifacts/9/zip"] = answer
                said, changed = self.comment(code=1)
                self.assertRegex(said, r"\Acomment: .*\n\Z")
                self.assertEqual(changed, [])

    def test_a_huge_artefact_is_not_even_asked_for(self):
        self.answers[API + "actions/runs/77/artifacts"] = {"artifacts": [stored(size=1 << 40)]}
        self.comment(code=1)
        self.assertFalse([words for words, _ in self.asked if words[-1].endswith("/zip")])

    def test_what_the_artefact_says_mentions_nobody(self):
        row = change(case="@octocat <img> [a](b)\n::set-output name=a::b", decision="regressed", cause="@octocat")
        self.answers[API + "actions/artifacts/9/zip"] = zipped({"comparison.json": encoded(changes=[row], outcome="regressed")})
        said, changed = self.comment()
        self.assertEqual(said, "told pull request 5\n")
        self.assertNotIn("@", changed[0][1])
        self.assertIn("`(at)octocat (img) [a](b)?::set-output name=a::b`", changed[0][1])

    def test_github_that_fails(self):
        del self.answers[API + "actions/artifacts/9/zip"]
        said, changed = self.comment(code=1)
        self.assertIn("comment: `gh api` failed with 1", said)
        self.assertEqual(changed, [])


if __name__ == "__main__":
    unittest.main()

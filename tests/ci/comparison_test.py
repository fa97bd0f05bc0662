#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A comparison that anybody may have made: what is shown of it does nothing on GitHub, and what is none is refused."""
import re
import stat
import unittest
import warnings
import zipfile

import hostile
from hostile import change, document, encoded, zipped

import artifact
import comparison
import markdown
from refused import Refused

# What would do something if it stood in a comment as it is.
TEXTS = {
    "a mention": "@octocat and @github/security",
    "a reference": "#1 octo/repo#2 GH-3 https://evil.example/ www.evil.example",
    "HTML": "<img src=x onerror=alert(1)><script>1</script><!-- m1bench regression -->",
    "a link and an image": "[a](https://evil.example) ![b](https://evil.example/track.png)",
    "the end of a code span": "` @octocat ` ``` \n``\n# @octocat",
    "the end of a table's cell": "| @octocat | \\| <b>",
    "a workflow command": "x\n::set-output name=a::b\n::error::c",
    "control and direction": "\x1b[31m\x00\u202egnp.exe\u200b\ud800",
    "mathematics": "$`\\href{javascript:alert(1)}{a}`$",
}
BODY = re.compile(r"`[ -~]*?`")


class Neutral(unittest.TestCase):
    def check(self, text):
        """Nothing is left outside of code spans but what the script itself writes."""
        self.assertEqual(text.encode("ascii").decode(), text)
        for line in text.splitlines():
            self.assertEqual(line.count("`") % 2, 0, line)
            self.assertFalse(line.startswith("::"), line)
            for shown in BODY.findall(line):
                self.assertFalse(set(shown[1:-1]) & set("`@<>|\\"), shown)
            outside = BODY.sub("", line)
            self.assertFalse(set(outside) & set("@<>!#$") - set("#" if line.startswith("### m1bench: ") else ""), outside)
            self.assertNotIn("](", outside)
            self.assertNotIn("http", outside)

    def test_texts_that_would_act(self):
        for name, text in TEXTS.items():
            with self.subTest(name):
                row = {"case": text, "target": text, "cause": text, "decision": "unsure"}
                whole = document(changes=[change(**row)], unlike=[{"field": text, "base": text, "head": text}],
                                 headline=text, notes=[text])
                whole["head"] = {"warnings": [{"code": text, "message": text}]}
                read = comparison.read(hostile.json.dumps(whole).encode())
                self.check(markdown.render(read))

    def test_however_much_it_is_the_comment_is_short(self):
        rows = [change(case="`@" * 2000, cause="<" * 2000, decision="regressed")] * 400
        whole = document(changes=rows, unlike=[{"field": "x" * 2000}] * 100)
        text = markdown.render(comparison.read(hostile.json.dumps(whole).encode()))
        self.assertLess(len(text), markdown.LENGTH_LIMIT)
        self.assertIn("340 more rows are in the run's own report", text)
        self.check(text)

    def test_numbers_of_every_size(self):
        for number in (0, 1e-300, 1e-12, 1, 12345.678, 1e18, 1e300):
            with self.subTest(number):
                values = dict.fromkeys(("base_time_s", "head_time_s", "change", "low", "high", "half_width", "margin"), number)
                text = markdown.render(comparison.read(encoded(changes=[change(**values)], margin=number, tested=number)))
                self.check(text)
                self.assertLess(len(text), 1000)

    def test_what_matters_most_comes_first(self):
        rows = [change(case=decision, decision=decision) for decision in ("ok", "unsure", "regressed", "wrong", "missing")]
        text = markdown.render(comparison.read(encoded(outcome="wrong answers", changes=rows)))
        self.assertEqual(re.findall(r"^\| `(\w+)`", text, re.M), ["wrong", "missing", "regressed", "unsure", "ok"])


class Detectable(unittest.TestCase):
    def smallest(self, tested=1, **values):
        return markdown.detectable(comparison.read(encoded(changes=[change(**values)])).changes[0], tested)

    def test_it_is_the_margin_and_the_error_twice(self):
        # 1.05 exp((1.645 + 1.645) 0.01 / 1.96) - 1, and with five tests 2.326 in the place of the first 1.645.
        self.assertAlmostEqual(self.smallest(), 0.06777, places=5)
        self.assertAlmostEqual(self.smallest(tested=5), 0.07149, places=5)
        self.assertAlmostEqual(self.smallest(half_width=0), 0.05)
        self.assertIsNone(self.smallest(half_width=None))
        self.assertIsNone(self.smallest(half_width=2))

    def test_less_than_a_microsecond_a_loop_never_counts(self):
        # 1.1 exp(1.645 0.01 / 1.96) - 1
        self.assertAlmostEqual(self.smallest(base_time_s=1e-5), 0.10927, places=5)

    def test_it_is_said(self):
        text = markdown.render(comparison.read(encoded(changes=[change(), change(case="a", half_width=0.1)], tested=2)))
        self.assertIn("a slowdown of 6.9 % to 26 %, depending on the case, be found 19 times of 20", text)
        text = markdown.render(comparison.read(encoded(changes=[change(half_width=None)])))
        self.assertIn("no slowdown could have been found", text)


class Refusals(unittest.TestCase):
    def test_what_is_no_comparison(self):
        for name, contents in {
            "nothing": b"", "no JSON": b"{", "not UTF-8": b'{"schema": "\xff"}', "UTF-16": "{}".encode("utf-16"), "a list": b"[]",
            "a number": b"1", "too deep": b"[" * 100000, "too large": b" " * (comparison.FILE_LIMIT + 1),
            "another schema": encoded(schema="m1bench-summary"), "another version": encoded(schema_version=2),
            "a version that is true": encoded(schema_version=True), "an outcome of its own": encoded(outcome="@octocat"),
            "a decision of its own": encoded(changes=[change(decision="<b>")]),
            "a time that is text": encoded(changes=[change(base_time_s="1")]),
            "a negative time": encoded(changes=[change(base_time_s=-1)]),
            "a case that is none": encoded(changes=[change(case=None)]),
            "NaN": encoded(changes=[change(change=float("nan"))]),
            "infinite": encoded(margin=1).replace(b'"margin": 1,', b'"margin": 1e999,'),
            "an endless integer": encoded(tested=1).replace(b'"tested": 1', b'"tested": ' + b"9" * 1000000),
            "too many rows": encoded(changes=[change()] * (comparison.ROW_LIMIT + 1)), "a row that is none": encoded(changes=[7]),
            "warnings that are none": encoded(head={"warnings": 3}), "a field missing": encoded(changes=[{"case": "a"}]),
        }.items():
            with self.subTest(name), self.assertRaises(Refused) as refusal:
                comparison.read(contents)
            self.assertLess(len(str(refusal.exception)), 200, name)


class Artifacts(unittest.TestCase):
    def test_the_file_and_nothing_else(self):
        packed = zipped({"comparison.json": b"it", "../../evil": b"x", "/etc/evil": b"x", "run.json": b"x"})
        self.assertEqual(artifact.file_in(packed, "comparison.json", 10), b"it")

    def test_a_link_is_only_its_text(self):
        link = zipfile.ZipInfo("comparison.json")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        self.assertEqual(artifact.file_in(zipped({link: b"/etc/passwd"}), "comparison.json", 100), b"/etc/passwd")

    def test_what_is_refused(self):
        warnings.simplefilter("ignore", UserWarning)  # zipfile's own word about a name that comes twice
        twice = hostile.io.BytesIO()
        with zipfile.ZipFile(twice, "w") as archive:
            archive.writestr("a", b"1")
            archive.writestr("a", b"2")
        bomb = zipped({"a": bytes(200 << 20)})
        self.assertLess(len(bomb), artifact.ARCHIVE_LIMIT)
        lying = zipped({"a": bytes(5000)}).replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
        damaged = bytearray(zipped({"a": b"some text that is long enough to be damaged" * 10}))
        damaged[45] ^= 0xff
        for name, packed in {"no zip": b"it", "empty": b"", "without the file": zipped({"b": b"1"}),
                             "twice": twice.getvalue(), "a bomb": bomb,
                             "lies about its size": lying, "damaged": bytes(damaged), "cut": zipped({"a": b"1" * 99})[:-30],
                             "too large": zipped({"a": b"1", "b": bytes(artifact.ARCHIVE_LIMIT)}, zipfile.ZIP_STORED)}.items():
            with self.subTest(name), self.assertRaises(Refused):
                artifact.file_in(packed, "a", 1000)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`m1bench doctor` on a made-up machine, where every word is known, and on this one, of which only the form is."""
import json
import sys

import program


class Doctor(program.ProgramTest):
    def diagnose(self, *words):
        """This machine may have problems or none."""
        return self.run_m1bench("doctor", *words, code=(0, 6))

    def test_a_made_up_machine(self):
        self.expect("doctor.txt", self.run_m1bench("doctor", "--fake-measurer", columns=80).stdout)
        found = json.loads(self.run_m1bench("doctor", "--fake-measurer", "--json").stdout)
        self.assertEqual((found["schema"], found["schema_version"], found["outcome"]), ("m1bench-doctor", 1, "note"))
        self.assertEqual([one["code"] for one in found["findings"]], ["smt"])

    def test_this_machine(self):
        done = self.diagnose("--json")
        found = json.loads(done.stdout)
        severities = [one["severity"] for one in found["findings"]]
        self.assertEqual(done.returncode == 6, "problem" in severities)
        self.assertEqual(found["outcome"], (severities or ["fine"])[0])
        self.assertEqual(severities, sorted(severities, key=("problem", "warning", "note").index))
        for one in found["findings"]:
            self.assertTrue(one["code"] and one["message"] and one["remedy"], one)
        self.assertTrue(found["slices"])
        self.assertTrue(found["machine"]["os"])

    def test_it_follows_its_schema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("no jsonschema")
        schema = json.loads((program.ROOT / "docs" / "doctor.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(json.loads(self.diagnose("--json").stdout))

    def test_a_target_that_works_has_said_hello(self):
        targets = json.loads(self.diagnose("--json").stdout)["targets"]
        listed = json.loads(self.run_m1bench("list", "targets", "--json").stdout)
        self.assertEqual({target["name"] for target in targets if target["available"]},
                         {target["name"] for target in listed if target["available"]})
        for target in targets:
            self.assertEqual(target["available"], target["hello"] is not None, target["name"])
            self.assertEqual(target["available"], not target["cause"], target["name"])

    def test_a_translator_that_fails(self):
        broken = self.write("broken", "#!/bin/sh\necho no >&2\nexit 3\n", executable=True)
        target = f"{program.native_slice()}/mine"
        done = self.diagnose("--json", "--translator", f"mine:{program.native_slice()}={broken}")
        found = [one for one in json.loads(done.stdout)["findings"] if one["target"] == target]
        self.assertEqual([one["code"] for one in found], ["target-broken"])
        self.assertIn("exit code 3", found[0]["message"])

    def test_every_finding_is_shown(self):
        text = self.diagnose().stdout
        for one in json.loads(self.diagnose("--json").stdout)["findings"]:
            if one["code"] not in ("high-load", "hot", "measuring"):  # which come and go
                self.assertIn(f"[{one['code']}]", text)

    def test_no_colour_into_a_pipe(self):
        self.assertNotIn("\x1b", self.run_m1bench("doctor", "--fake-measurer").stdout)
        self.assertIn("\x1b[", self.run_m1bench("doctor", "--fake-measurer", "--color", "always").stdout)


if __name__ == "__main__":
    sys.exit(program.main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What docs/result-schema.md promises: run files of schema version 1 stay readable. tests/data/run/schema-1.json was written by
the fake measurer when the promise was made, and is never written again."""
import json
import sys

import program

PROMISED = program.ROOT / "tests" / "data" / "run" / "schema-1.json"


class SchemaPromise(program.ProgramTest):
    def test_the_file_of_then_is_read(self):
        run = json.loads(PROMISED.read_text(encoding="utf-8"))
        self.assertEqual(run["schema_version"], 1)
        said = self.run_m1bench("report", PROMISED).stdout
        for case in run["cases"]:
            self.assertIn(case["name"], said)

    def test_keys_of_a_later_release_are_passed_over(self):
        run = json.loads(PROMISED.read_text(encoding="utf-8"))
        for holder in (run, run["session"], run["machine"], *run["targets"], *run["blocks"]):
            holder["a_key_of_later"] = {"with": [1, None, "anything"]}
        self.assertEqual(self.run_m1bench("report", self.write("run.json", json.dumps(run))).stdout,
                         self.run_m1bench("report", PROMISED).stdout)

    def test_another_version_is_refused_in_one_sentence(self):
        for version, remedy in ((2, "read it with a newer m1bench"), (0, "measure again")):
            run = json.loads(PROMISED.read_text(encoding="utf-8"))
            run["schema_version"] = version
            said = self.run_m1bench("report", self.write("run.json", json.dumps(run)), code=2).stderr
            self.assertIn(f"has schema version {version}, and this m1bench reads version 1", said)
            self.assertIn(remedy, said)


if __name__ == "__main__":
    sys.exit(program.main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Models end to end: real workers run the embedded ones and one of the user's own."""
import hashlib
import json
import shutil
import sys

import program

SLICE = program.native_slice()
NATIVE, SAME = f"{SLICE}/native", f"{SLICE}/same"
MODEL = program.ROOT / "tests" / "data" / "tflite" / "random-0.tflite"


class Infer(program.ProgramTest):
    def test_a_model_of_ones_own(self):
        out = self.folder / "out"
        done = self.run_m1bench("run", "infer/tflite", "--model", MODEL, "--targets", f"{NATIVE},{SAME}", "--translator",
                                f"same:{SLICE}=env", "--quick", "--no-lock", "-o", out)
        self.assertIn("infer/tflite", done.stdout)
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
        self.assertEqual([check["status"] for check in run["verifications"]], ["right", "right"])
        self.assertTrue(run["blocks"])
        case = run["cases"][0]
        self.assertGreater(case["flop"], 0)
        self.assertEqual(case["parameters"]["model"], "random-0.tflite")
        if shutil.which("sha256sum") or shutil.which("shasum"):
            self.assertEqual(case["parameters"]["model_sha256"], hashlib.sha256(MODEL.read_bytes()).hexdigest())

    def test_every_committed_model_is_right_and_dumped(self):
        out = self.folder / "dump"
        done = self.run_m1bench("verify", "infer/*", "--model", MODEL, "--targets", NATIVE, "--no-lock", "--dump", out)
        self.assertIn("3 right, 0 wrong, 0 failed", done.stdout)
        folders = sorted(path.name for path in (out / NATIVE.replace("/", "_")).iterdir())
        self.assertEqual(folders, ["infer_mnist-cnn-f32", "infer_mnist-cnn-int8", "infer_tflite"])
        for folder in folders:
            here = out / NATIVE.replace("/", "_") / folder
            case = json.loads((here / "case.json").read_text(encoding="utf-8"))
            self.assertEqual(case["arrays"], ["model", "x", "y"])
            self.assertTrue(case["parameters"]["model"].endswith(".tflite"))


if __name__ == "__main__":
    sys.exit(program.main())

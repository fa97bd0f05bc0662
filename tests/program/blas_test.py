#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The variant `blas`: the vendor's library held to the slice's tier, or a case that is left out with a remedy."""
import json
import sys

import program

CORES = {"x86_64-v2": "Nehalem", "x86_64-v3": "Haswell", "x86_64-v4": "SkylakeX"}
CASES = ("matmul/f32/64/blas", "matmul/f64/512/blas", "gemm/f32/32x1000x3000/blas")


class Blas(program.ProgramTest):
    def natives(self):
        rows = json.loads(self.run_m1bench("list", "targets", "--json").stdout)
        return [row for row in rows if row["available"] and row["translator"] == "native"]

    def test_openblas_chooses_the_kernels_of_the_tier(self):
        for row in self.natives():
            library = row["proof"]["blas"]
            if library.startswith("OpenBLAS") and row["slice"] in CORES:
                self.assertTrue(library.endswith(" " + CORES[row["slice"]]), library)
                self.assertEqual(row["environment"]["OPENBLAS_CORETYPE"], CORES[row["slice"]])

    def test_its_answers_are_right_or_it_is_left_out(self):
        rows = self.natives()
        for threads in ("1", "2"):
            done = self.run_m1bench("verify", *CASES, "--targets", ",".join(row["name"] for row in rows), "--threads", threads,
                                    "--no-lock")
            right = sum(bool(row["proof"]["blas"]) for row in rows) * len(CASES)
            self.assertEqual(done.stdout.count("  right"), right, done.stdout)
            if right == 0:
                self.assertIn("this slice holds no BLAS library; install OpenBLAS", done.stdout)

    def test_kernels_of_another_tier_are_refused(self):
        row = self.natives()[0]
        if not row["proof"]["blas"].startswith("OpenBLAS") or row["slice"] != "x86_64-v2":
            self.skipTest("no OpenBLAS to mislead")
        done = self.run_m1bench("verify", CASES[0], "--targets", row["name"], "--env", f"{row['name']}:OPENBLAS_CORETYPE=Prescott",
                                "--no-lock", code=6)
        self.assertIn("OpenBLAS runs its Prescott kernels here, which are not those of the slice's tier; set OPENBLAS_CORETYPE=Nehalem",
                      " ".join(done.stdout.split()))


if __name__ == "__main__":
    sys.exit(program.main())

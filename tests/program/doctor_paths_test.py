#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`doctor PATH...` on a made-up mixed virtual environment, on names that mean harm, and on what cannot be read."""
import json
import os
import struct

import program

ARM64, X86_64, PROGRAM, BUNDLE = 0x0100000C, 0x01000007, 2, 8
SITE = "venv/lib/python3.11/site-packages/"


def mach_o(cpu_type, kind):
    """A header that says macOS 13 and is signed, and no code."""
    commands = struct.pack("<6I", 0x32, 24, 1, 13 << 16, 0, 0) + struct.pack("<4I", 0x1D, 16, 0x4000, 512)
    return struct.pack("<8I", 0xFEEDFACF, cpu_type, 0, kind, 2, len(commands), 0, 0) + commands


class DoctorPaths(program.ProgramTest):
    def make_environment(self):
        self.write("venv/bin/python3", mach_o(ARM64, PROGRAM))
        self.write(SITE + "numpy/_core/_multiarray_umath.so", mach_o(X86_64, BUNDLE))
        self.write(SITE + "numpy/linalg/_umath_linalg.so", mach_o(X86_64, BUNDLE))
        self.write(SITE + "yaml/_yaml.so", mach_o(ARM64, BUNDLE))
        self.write(SITE + "numpy-2.0.0.dist-info/WHEEL", "Tag: cp311-cp311-macosx_10_9_x86_64\n")
        self.write(SITE + "numpy-2.0.0.dist-info/RECORD", "numpy/_core/_multiarray_umath.so,,\nnumpy/linalg/_umath_linalg.so,,\n")

    def test_a_mixed_environment(self):
        self.make_environment()
        self.expect("doctor_paths.txt", self.run_m1bench("doctor", "venv", code=6).stdout)
        document = json.loads(self.run_m1bench("doctor", "venv", "--json", code=6).stdout)
        venv = document["paths"][0]
        self.assertEqual([finding["code"] for finding in venv["findings"]], ["architecture"])
        self.assertEqual(venv["machine_code"], {"Mach-O arm64": 2, "Mach-O x86_64": 2})
        self.assertEqual(len(venv["binaries"]), 4)

    def test_nothing_wrong(self):
        self.write("tree/tool", mach_o(ARM64, PROGRAM))
        self.assertIn("nothing that cannot work", self.run_m1bench("doctor", "tree").stdout)

    def test_hostile_names(self):
        self.make_environment()
        folder = os.fsencode(self.folder / SITE) + b"evil\x1b[31m\n\xff"
        os.makedirs(folder)
        with open(folder + b"/x.so", "wb") as file:
            file.write(mach_o(X86_64, BUNDLE))
        shown = self.run_m1bench("doctor", "venv", code=6).stdout
        self.assertIn("evil\\u{1B}[31m\\u{A}\\x{FF}", shown)
        self.assertNotIn("\x1b", shown)
        json.loads(self.run_m1bench("doctor", "venv", "--json", code=6).stdout)

    def test_what_cannot_be_read(self):
        self.make_environment()
        os.mkfifo(self.folder / "fifo")
        self.assertIn("No such file", self.run_m1bench("doctor", "nowhere", code=2).stderr)
        self.assertIn("is a fifo", self.run_m1bench("doctor", "fifo", code=2).stderr)
        both = self.run_m1bench("doctor", "nowhere", "venv", "--json", code=2)
        self.assertEqual([("error" in one) for one in json.loads(both.stdout)["paths"]], [True, False])


if __name__ == "__main__":
    program.main()

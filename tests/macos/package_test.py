#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Mac's archive, packed on Linux, holds the universal file and not one of its halves."""
import os
import pathlib
import subprocess
import tempfile
import unittest
import zipfile

BUILD = pathlib.Path(os.environ["M1BENCH_BUILD_DIR"])
LIPO = os.environ["M1BENCH_LIPO"]


class Package(unittest.TestCase):
    def test_a_zip_holds_what_was_built(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["cpack", "-G", "ZIP", "-B", folder, "--config", BUILD / "CPackConfig.cmake"], capture_output=True,
                                  text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            archive, = pathlib.Path(folder).glob("m1bench-*-macos-universal.zip")
            with zipfile.ZipFile(archive) as packed:
                packed.extractall(folder)
            tree = pathlib.Path(folder) / archive.stem
            for name in ("bin/m1bench", "libexec/m1bench/m1bench-x86_64-v3"):
                self.assertEqual((tree / name).read_bytes(), (BUILD / name).read_bytes(), name)
            archs = subprocess.run([LIPO, "-archs", tree / "bin" / "m1bench"], capture_output=True, text=True, check=True).stdout
            self.assertEqual(sorted(archs.split()), ["arm64", "x86_64"])
            self.assertTrue((tree / "share/man/man1/m1bench.1").is_file())


if __name__ == "__main__":
    unittest.main()

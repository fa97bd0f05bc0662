# SPDX-License-Identifier: Apache-2.0
"""What cpack packs holds everything that is installed, and runs from wherever it is unpacked."""
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

import program

BUILD = pathlib.Path(os.environ.get("M1BENCH_BUILD_DIR", ""))
EVERYWHERE = ("share/man/man1/m1bench.1", "share/bash-completion/completions/m1bench", "share/fish/vendor_completions.d/m1bench.fish",
              "share/doc/m1bench/NOTICE")


@unittest.skipUnless(sys.platform == "linux" and shutil.which("cpack"), "packs for Linux, with cpack")
class PackageTest(program.ProgramTest):
    def pack(self, generator, pattern):
        done = subprocess.run(["cpack", "-G", generator, "-B", self.folder / "packed", "--config", BUILD / "CPackConfig.cmake"],
                              capture_output=True, text=True, check=False, timeout=program.PATIENCE_S)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        packages = list((self.folder / "packed").glob(pattern))
        self.assertEqual(len(packages), 1, done.stdout)
        return packages[0]

    def check_tree(self, tree, zsh):
        for name in (*(name for name in EVERYWHERE if not name.endswith(".1")), zsh):
            self.assertTrue((tree / name).is_file(), name)
        slices = sorted(path.name for path in (tree / "libexec" / "m1bench").iterdir())
        self.assertEqual(slices, sorted(path.name for path in (BUILD / "libexec" / "m1bench").glob("m1bench-*")))
        moved = subprocess.run([tree / "bin" / "m1bench", "verify", "matmul/f32/64", "--targets", f"{program.native_slice()}/native"],
                               capture_output=True, text=True, check=False, timeout=program.PATIENCE_S)
        self.assertEqual(moved.returncode, 0, moved.stdout + moved.stderr)

    def test_an_archive_runs_wherever_it_is_unpacked(self):
        archive = self.pack("TGZ", "m1bench-*-linux-*.tar.gz")
        (self.folder / "elsewhere").mkdir()
        subprocess.run(["tar", "-xzf", archive, "-C", self.folder / "elsewhere"], check=True, timeout=program.PATIENCE_S)
        top = {path.name for path in (self.folder / "elsewhere").iterdir()}
        self.assertEqual(top, {archive.name.removesuffix(".tar.gz")})
        tree = self.folder / "elsewhere" / top.pop()
        self.check_tree(tree, "share/zsh/site-functions/_m1bench")
        self.assertTrue((tree / "share/man/man1/m1bench.1").is_file())

    @unittest.skipUnless(shutil.which("dpkg-deb"), "needs dpkg-deb")
    def test_a_debian_package_is_where_debian_looks(self):
        package = self.pack("DEB", "m1bench_*.deb")
        subprocess.run(["dpkg-deb", "-x", package, self.folder / "root"], check=True, timeout=program.PATIENCE_S)
        tree = self.folder / "root" / "usr"
        self.check_tree(tree, "share/zsh/vendor-completions/_m1bench")
        self.assertTrue((tree / "share/man/man1/m1bench.1.gz").is_file())
        self.assertIn("Apache-2.0", (tree / "share/doc/m1bench/copyright").read_text(encoding="utf-8"))
        fields = subprocess.run(["dpkg-deb", "-f", package], capture_output=True, text=True, check=True).stdout
        self.assertIn("Recommends: qemu-user", fields)
        self.assertNotIn("Depends:", fields.replace("Pre-Depends:", "Depends:"))


if __name__ == "__main__":
    unittest.main()

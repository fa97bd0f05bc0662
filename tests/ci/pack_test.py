#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""scripts/ci/pack.py: equal files make equal archives, and what a tar should not hold is refused."""
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import unittest

from hostile import SCRIPTS


class Pack(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="m1bench-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def tree(self, where, names):
        """The same tree, whatever the order, times and modes it was made with."""
        root = self.folder / where / "m1bench-0.1.0"
        for name in names:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(name.encode())
            path.chmod(0o700 if name.startswith("bin/") else 0o600)
            os.utime(path, (len(where), len(where)))
        return root

    def pack(self, tree, archive, code=0):
        done = subprocess.run([sys.executable, SCRIPTS / "pack.py", tree, self.folder / archive, "1700000000"],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, code, done)
        return self.folder / archive, done.stderr

    def test_equal_trees_make_equal_archives(self):
        names = ["bin/m1bench", "share/doc/m1bench/NOTICE", "share/doc/m1bench/docs/a.md"]
        first, _ = self.pack(self.tree("a", names), "first.tar.gz")
        second, _ = self.pack(self.tree("another", reversed(names)), "second.tar.gz")
        self.assertEqual(first.read_bytes(), second.read_bytes())
        self.assertEqual(int.from_bytes(first.read_bytes()[4:8], "little"), 1700000000)  # gzip's own date
        with tarfile.open(first) as tar:
            found = {info.name: info for info in tar}
        self.assertEqual(list(found), sorted(found))
        self.assertEqual({(info.mtime, info.uid, info.gid, info.uname, info.gname) for info in found.values()},
                         {(1700000000, 0, 0, "", "")})
        self.assertEqual({name: oct(info.mode) for name, info in found.items() if info.isfile()},
                         {"m1bench-0.1.0/bin/m1bench": "0o755", "m1bench-0.1.0/share/doc/m1bench/NOTICE": "0o644",
                          "m1bench-0.1.0/share/doc/m1bench/docs/a.md": "0o644"})

    def test_links_and_pipes_are_refused(self):
        tree = self.tree("a", ["bin/m1bench"])
        for name, make in [("link", lambda path: path.symlink_to("/etc/passwd")), ("pipe", os.mkfifo)]:
            with self.subTest(name):
                make(tree / name)
                _, said = self.pack(tree, "x.tar.gz", code=1)
                self.assertIn("neither a folder nor a regular file", said)
                (tree / name).unlink()


if __name__ == "__main__":
    unittest.main()

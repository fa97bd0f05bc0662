#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Mac's universal file and the x86_64-v3 worker, as built on Linux: what they hold, import, are signed with and execute."""
import hashlib
import os
import pathlib
import re
import struct
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["M1BENCH_BUILD_DIR"])
UNIVERSAL = BUILD / "bin" / "m1bench"
V3 = BUILD / "libexec" / "m1bench" / "m1bench-x86_64-v3"
LIPO, OBJDUMP = os.environ["M1BENCH_LIPO"], os.environ["M1BENCH_OBJDUMP"]
SLICES = [(UNIVERSAL, "arm64"), (UNIVERSAL, "x86_64"), (V3, "x86_64")]

LC_CODE_SIGNATURE = 0x1D
MAGIC_SIGNATURE, MAGIC_DIRECTORY = 0xFADE0CC0, 0xFADE0C02  # Apple, <kern/cs_blobs.h>
FLAG_AD_HOC, HASH_SHA256 = 0x2, 2


def output_of(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True).stdout


def thin(path, arch, folder):
    """The bytes of one slice alone."""
    if path == V3:
        return path.read_bytes()
    out = pathlib.Path(folder) / f"{path.name}-{arch}"
    output_of(LIPO, path, "-thin", arch, "-output", out)
    return out.read_bytes()


def code_directory(image):
    """(offset, bytes) of the code directory in a thin Mach-O's signature; nothing if it is not signed."""
    commands, = struct.unpack_from("<I", image, 16)
    at = 32
    for _ in range(commands):
        command, size = struct.unpack_from("<II", image, at)
        if command == LC_CODE_SIGNATURE:
            offset, length = struct.unpack_from("<II", image, at + 8)
            blob = image[offset:offset + length]
            magic, _, count = struct.unpack_from(">III", blob)
            assert magic == MAGIC_SIGNATURE
            for i in range(count):
                _, start = struct.unpack_from(">II", blob, 12 + 8 * i)
                if struct.unpack_from(">I", blob, start)[0] == MAGIC_DIRECTORY:
                    return blob[start:]
        at += size
    return None


class Universal(unittest.TestCase):
    def test_holds_both_slices_and_nothing_else(self):
        self.assertEqual(sorted(output_of(LIPO, "-archs", UNIVERSAL).split()), ["arm64", "x86_64"])
        self.assertEqual(output_of(LIPO, "-archs", V3).split(), ["x86_64"])

    def test_runs_on_macos_13(self):
        for path, arch in SLICES:
            headers = output_of(OBJDUMP, "--macho", f"--arch={arch}", "--private-headers", path)
            self.assertRegex(headers, r"platform macos\s+(sdk|minos)|platform 1", f"{path} {arch}")
            self.assertRegex(headers, r"minos 13\.0\b", f"{path} {arch}")

    def test_imports_libsystem_alone(self):
        for path, arch in SLICES:
            lines = output_of(OBJDUMP, "--macho", f"--arch={arch}", "--dylibs-used", path).splitlines()
            libraries = [line.split()[0] for line in lines if line.startswith("\t")]
            self.assertEqual(libraries, ["/usr/lib/libSystem.B.dylib"], f"{path} {arch}")

    def test_arm64_is_signed_ad_hoc_and_the_signature_holds(self):
        with tempfile.TemporaryDirectory() as folder:
            image = thin(UNIVERSAL, "arm64", folder)
        directory = code_directory(image)
        self.assertIsNotNone(directory)
        _, _, _, flags, hashes, _, _, pages, limit = struct.unpack_from(">9I", directory)
        size, kind, _, log_page = struct.unpack_from(">4B", directory, 36)
        self.assertTrue(flags & FLAG_AD_HOC, hex(flags))
        self.assertEqual((size, kind), (32, HASH_SHA256))
        page = 1 << log_page
        self.assertEqual(pages, -(-limit // page))
        for i in range(pages):
            digest = hashlib.sha256(image[i * page:min((i + 1) * page, limit)]).digest()
            self.assertEqual(directory[hashes + i * size:hashes + (i + 1) * size], digest, f"page {i}")

    def test_each_slice_keeps_to_its_instructions(self):
        avx = re.compile(r"\t(v[a-z0-9]+)\t|%[yz]mm")
        # Virtual machines' and segments' instructions begin with v too.
        others = re.compile(r"\t(vm[a-z]+|verr|verw)\b")

        def wide(path):
            listing = output_of(OBJDUMP, "--disassemble", "--no-show-raw-insn", "--arch-name=x86-64", path)
            self.assertGreater(listing.count("\n"), 100000, "nothing was disassembled")
            return [line for line in listing.splitlines() if avx.search(line + "\t") and not others.search(line)]

        with tempfile.TemporaryDirectory() as folder:
            lower = pathlib.Path(folder) / "v2"
            lower.write_bytes(thin(UNIVERSAL, "x86_64", folder))
            self.assertEqual(wide(lower)[:5], [])
        found = wide(V3)
        for wanted in ("vfmadd", "%ymm"):
            self.assertTrue(any(wanted in line for line in found), wanted)
        self.assertFalse(any("%zmm" in line for line in found))

    def test_all_are_of_one_build(self):
        source = (BUILD / "generated" / "build_id.cpp").read_text(encoding="utf-8")
        build_id = re.search(r'"([0-9a-f]{16})"', source).group(1).encode()
        with tempfile.TemporaryDirectory() as folder:
            for path, arch in SLICES:
                self.assertIn(build_id, thin(path, arch, folder), f"{path} {arch}")


if __name__ == "__main__":
    unittest.main()

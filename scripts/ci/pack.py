#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Packs a folder so that equal files make equal archives: pack.py FOLDER FILE.tar.gz SECONDS

Everything lies under the folder's name, in sorted order, owned by nobody in particular and dated SECONDS (since 1970).
Folders and regular files only.
"""
import gzip
import os
import pathlib
import sys
import tarfile


def entry(path, name, time_s):
    if path.is_symlink() or not (path.is_dir() or path.is_file()):
        sys.exit(f"pack: {path} is neither a folder nor a regular file")
    info = tarfile.TarInfo(name)
    info.mtime = time_s
    info.type = tarfile.DIRTYPE if path.is_dir() else tarfile.REGTYPE
    info.size = 0 if path.is_dir() else path.stat().st_size
    info.mode = 0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644
    return info


def pack(folder, archive, time_s):
    folder = pathlib.Path(folder).absolute()
    with open(archive, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=time_s) as packed, \
            tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path in [folder, *sorted(folder.rglob("*"), key=lambda path: path.as_posix())]:
            info = entry(path, path.relative_to(folder.parent).as_posix(), time_s)
            if info.isdir():
                tar.addfile(info)
                continue
            with open(path, "rb") as file:
                tar.addfile(info, file)


if __name__ == "__main__":
    if len(sys.argv) != 4 or not sys.argv[3].isdigit():
        sys.exit(__doc__)
    pack(sys.argv[1], sys.argv[2], int(sys.argv[3]))

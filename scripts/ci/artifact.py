# SPDX-License-Identifier: Apache-2.0
"""One file out of an artefact that anybody may have made."""
import io
import zipfile

from refused import Refused

ARCHIVE_LIMIT = 1 << 20  # bytes; a comparison of the full catalogue has some 100 KB before it is compressed


def file_in(archive, name, limit):
    """The bytes of file `name` in `archive` (the bytes of a zip file), at most `limit` of them. Nothing is written to the disk,
    so paths and links in the archive lead nowhere; whatever it claims of its sizes, no more than `limit` is decompressed."""
    if len(archive) > ARCHIVE_LIMIT:
        raise Refused(f"the artefact has {len(archive)} bytes; the limit is {ARCHIVE_LIMIT}")
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as members:
            found = [member for member in members.infolist() if member.filename == name]
            if len(found) != 1:
                raise Refused(f"the artefact holds {len(found)} files named {name}")
            with members.open(found[0]) as file:
                contents = file.read(limit + 1)
    except Refused:
        raise
    except Exception as error:  # zipfile meets damage with BadZipFile, zlib.error, RuntimeError, NotImplementedError, ...
        raise Refused(f"the artefact is no zip file that can be read ({type(error).__name__})") from error
    if len(contents) > limit:
        raise Refused(f"{name} in the artefact has more than {limit} bytes")
    return contents

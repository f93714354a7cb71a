"""The parts of a zip file as its directory lists them: names that can't be trusted, and damage."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath
from struct import error as StructError

ZIP = b"PK\x03\x04"
DAMAGED = (  # what reading a damaged zip file may raise
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    StructError,
    OverflowError,
    ValueError,
    OSError,
)


def wicked(name: str) -> bool:
    """Whether a part's name could lead out of a folder, or mean another file elsewhere."""
    return (
        any(sign in name for sign in ("\\", ":"))
        or any(ord(sign) < ord(" ") for sign in name)
        or name.startswith("/")
        or ".." in PurePosixPath(name).parts
    )


def twice(names: Iterable[str]) -> list[str]:
    """Names that stand more than once; case makes no difference, as on many disks."""
    counts = Counter(name.casefold() for name in names)
    return sorted(name for name, count in counts.items() if count > 1)

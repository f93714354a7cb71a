"""The decorator that compiles kernels and keeps them on disk, fenced by the text of all of them."""

import hashlib
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba import njit

HERE = Path(__file__).resolve().parent


def _stamp() -> str:
    """A change in one kernel makes its callers stale too, which numba alone would not notice."""
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(HERE.glob("kernel_*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _folder() -> str:
    """The first place that may be written: what the environment names, here, home; else ''."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    places = [Path(named)] if named else [HERE / "__pycache__", Path.home() / ".cache" / "hrplan"]
    for place in places:
        folder = place / f"kernels-{_stamp()}"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return str(folder)
        except (OSError, RuntimeError):
            continue
    return ""


FOLDER = _folder()


_ONE_AT_A_TIME = threading.Lock()
"""Two threads that import kernels would otherwise see each other's folder, or none."""


def kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compiled on the first call, without the interpreter's lock; from disk afterwards."""
    with _ONE_AT_A_TIME:
        before = getattr(numba.config, "CACHE_DIR")  # noqa: B009 -- set at run time
        setattr(numba.config, "CACHE_DIR", FOLDER)  # noqa: B010 -- set at run time
        try:
            compiled: Callable[..., Any] = njit(cache=bool(FOLDER), nogil=True)(function)
            return compiled
        finally:
            setattr(numba.config, "CACHE_DIR", before)  # noqa: B010 -- set at run time

"""The colours of documents: one accent, an ordered set for series, two ramps for cells."""

from hrplan.documents.nodes import Tone

ACCENT = "1f3a5f"
INK = "22262b"
QUIET = "5b6570"
RULE = "b8c2cc"
BAND = "f3f6f9"
CLOSED = "e3e6ea"
UNKNOWN = "eceef0"

# Told apart by the colour-blind, and in grey by their lightness.
SERIES = ("1f3a5f", "c9772b", "6fa3b5", "8a3344", "d8b65a", "5d7f52", "8a83b8", "9aa1a8")

RAMPS: dict[Tone, tuple[str, ...]] = {
    "level": ("f2f5f9", "cfdeeb", "9dbcd7", "41719f", "1f3a5f"),
    "gap": ("fbfaf7", "f8e3c4", "efb877", "d47a37", "96391a"),
}
_SINGLE = {"": "", "unknown": UNKNOWN, "good": "dcebdd", "warn": "f8ecc9", "bad": "f3d3cd"}
_DARK = frozenset({"level-3", "level-4", "gap-4"})


def shade(name: str) -> str:
    """The background of a shading class as six hexadecimal digits; empty where there is none."""
    if name in _SINGLE:
        return _SINGLE[name]
    tone, _, step = name.partition("-")
    return RAMPS["level" if tone == "level" else "gap"][int(step)]


def ink(name: str) -> str:
    """The colour of words on a shading class that keeps them readable."""
    return "ffffff" if name in _DARK else INK


def series_colour(index: int) -> str:
    """The colour of the series at an index, with the number sign."""
    return "#" + SERIES[index % len(SERIES)]

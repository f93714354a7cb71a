"""The alignment of tables whose first columns are words and whose last are figures."""

from hrplan.documents.nodes import Align


def aligned(words: int, figures: int) -> tuple[Align, ...]:
    """So many columns of words, then so many of figures."""
    left: tuple[Align, ...] = ("left",)
    right: tuple[Align, ...] = ("right",)
    return (*(left * words), *(right * figures))

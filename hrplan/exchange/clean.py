"""Text as it is kept: one normal form, no control, invisible or direction characters."""

import re
import unicodedata
from collections.abc import Callable

from hrplan.exchange.safe import NOT_XML

Note = Callable[[str], None]  # called with the key of a warning

LINES = re.compile("\r\n?|[\u0085\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef]")
INVISIBLE = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\ufeff]")
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
JOINER = re.compile("[\u200c\u200d]")  # kept in names and emoji, refused in codes
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
MISREAD = re.compile("[ÂÃ][\u0080-\u00bf]|â€")


def clean_text(text: str, note: Note) -> str:
    """The text in form NFC, stripped, without what can't be seen; `note` gets what was taken out.

    Text that is clean already comes back as it is.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = LINES.sub("\n", text)
    for pattern, key in (
        (CONTROL, "control_removed"),
        (NOT_XML, "control_removed"),
        (INVISIBLE, "invisible_removed"),
        (DIRECTION, "direction_removed"),
    ):
        text, count = pattern.subn("", text)
        if count:
            note(key)
    if "\ufffd" in text or MISREAD.search(text):
        note("letters_lost")
    if mixed_scripts(text):
        note("look_alike")
    return unicodedata.normalize("NFC", text).strip()


def plain_spaces(text: str) -> str:
    """The text with every kind of space as an ordinary one, runs as one, none at the ends."""
    return " ".join(SPACES.sub(" ", text).split())


def header_form(text: str) -> str:
    """A header, sheet name or choice as it is compared: no matter its case, spaces, width."""
    if text.isascii():
        return "_".join(text.split()).casefold()
    plain = INVISIBLE.sub("", DIRECTION.sub("", unicodedata.normalize("NFKC", text)))
    return plain_spaces(plain).casefold().replace(" ", "_")


def mixed_scripts(text: str) -> bool:
    """Whether one word mixes letters that look alike: Latin, Cyrillic and Greek."""
    if text.isascii():
        return False
    for word in re.findall(r"[^\W\d_]+", text):
        if not word.isascii() and len({script for script in map(_script, word) if script}) > 1:
            return True
    return False


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((script for script in SCRIPTS if name.startswith(script)), "")

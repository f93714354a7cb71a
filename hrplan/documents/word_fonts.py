"""How wide and how high the letters of a template's text are, as far as its font is known."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hrplan.documents.word_styles import W

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

_THEME = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Letters:
    """Against the size of the letters: what a usual one is wider than in Times, and a line high."""

    wider: float = 0.0
    line: float = 1.149


TIMES = Letters()
_KNOWN = {  # the mean over 20,000 letters of English text, in fonts of the same widths
    "arial": Letters(0.0415, 1.149),
    "helvetica": Letters(0.0415, 1.149),
    "liberation sans": Letters(0.0415, 1.149),
    "calibri": Letters(0.0034, 1.221),
    "carlito": Letters(0.0034, 1.221),
    "cambria": Letters(0.0022, 1.172),
    "caladea": Letters(0.0022, 1.172),
    "verdana": Letters(0.1029, 1.215),
    "dejavu sans": Letters(0.1029, 1.164),
}


def letters_of(word: "WordDocument") -> Letters:
    """Those of running text; of a font that is not known, those of Times."""
    return _KNOWN.get(_font(word).casefold(), TIMES)


def _font(word: "WordDocument") -> str:
    """The name of the font of running text; empty where it is not said."""
    sheet = word.styles.element
    styles = {str(one.get(f"{W}styleId")): one for one in sheet.findall(f"{W}style")}
    defaults = sheet.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    own = [styles[name].find(f"{W}rPr/{W}rFonts") for name in ("BodyText", "Normal")]
    for fonts in (*own, defaults):
        if fonts is not None and (name := _named(fonts, word)):
            return name
    return ""


def _named(fonts: "Element", word: "WordDocument") -> str:
    """The font that is named; one of the theme where that is told, which counts more."""
    theme = str(fonts.get(f"{W}asciiTheme", ""))
    return (_of_theme(word, theme[:5]) if theme else "") or str(fonts.get(f"{W}ascii", ""))


def _of_theme(word: "WordDocument", kind: str) -> str:
    from docx.oxml import parse_xml  # noqa: PLC0415 -- slow import

    parts = [one.target_part for one in word.part.rels.values() if one.reltype.endswith("/theme")]
    latin = [parse_xml(one.blob).find(f".//{_THEME}{kind}Font/{_THEME}latin") for one in parts]
    return next((str(one.get("typeface", "")) for one in latin if one is not None), "")

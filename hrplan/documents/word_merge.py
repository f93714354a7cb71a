"""Styles and lists of a Word template brought together with ours: theirs stand, ours fill gaps.

A style of theirs that bears the name of one of ours takes our id, so that our paragraphs find it.
Their lists are counted on beyond ours. What our documents rely on is ours in any case: the numbers
of headings, their place in the contents list, and the language.
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from hrplan.documents.word_styles import W
from hrplan.documents.word_xml import NAMESPACES

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_STYLE_REFERENCES = frozenset(
    f"{W}{name}"
    for name in (
        "pStyle",
        "rStyle",
        "tblStyle",
        "basedOn",
        "next",
        "link",
        "styleLink",
        "numStyleLink",
    )  # fmt: skip
)
_BEYOND = 20_000  # what is added to the numbers of their lists
_AFTER_NUMBER = (  # what stands behind w:numPr in w:pPr
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap"),
    *("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd"),
    *("snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap"),
    *("jc", "textDirection", "textAlignment", "textboxTightWrap"),
)
_AFTER_LEVEL = ("divId", "cnfStyle", "rPr", "sectPr", "pPrChange")  # behind w:outlineLvl
_OUR_COLOUR = "1F3A5F"
_COLOUR = re.compile("[0-9A-Fa-f]{6}")
_LUMINANCE = (0.2126, 0.7152, 0.0722)  # of red, green and blue (WCAG 2.2, relative luminance)
_DARK = 0.18  # the luminance up to which letters on white have a contrast of 4.5 to 1
_LISTS = frozenset({"ListBullet", "ListNumber"})
_KEPT_SETTINGS = frozenset(
    {"mirrorMargins", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop",
     "evenAndOddHeaders", "themeFontLang", "clrSchemeMapping"}
)  # fmt: skip
_SETTINGS = (
    *("zoom", "mirrorMargins", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter"),
    *("gutterAtTop", "defaultTabStop", "evenAndOddHeaders", "characterSpacingControl", "compat"),
    *("themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator"),
)


def style_names(sheet: "Element") -> dict[tuple[str, str], "Element"]:
    """(kind, name in small letters) -> style of a sheet (w:styles); the first of a name counts."""
    found: dict[tuple[str, str], Element] = {}
    for style in sheet.findall(f"{W}style"):
        found.setdefault((_kind(style), name_of(style).casefold()), style)
    return found


def name_of(style: "Element") -> str:
    """The name of a style as people read it."""
    name = style.find(f"{W}name")
    return "" if name is None else str(name.get(f"{W}val", ""))


def missing(theirs: "Element", ours: "Element") -> tuple[str, ...]:
    """The names of our styles that their sheet lacks, in our order."""
    have = style_names(theirs)
    return tuple(name_of(one) for key, one in style_names(ours).items() if key not in have)


def take_styles(theirs: "Element", ours: "Element") -> dict[str, str]:
    """Complete their sheet from ours; their old ids -> the new ones, for their other parts."""
    have, wanted = style_names(theirs), style_names(ours)
    ids = _new_ids(theirs, have, wanted)
    renumber(theirs)
    for style in theirs.findall(f"{W}style"):
        style.set(f"{W}styleId", ids.get(_id(style), _id(style)))
    rename(theirs, ids)
    defaults = {_kind(one) for one in theirs.findall(f"{W}style") if one.get(f"{W}default")}
    heading = have.get(("paragraph", "heading 1"))
    for key, style in wanted.items():
        if key in have:
            _bind(have[key], style)
            continue
        copy = deepcopy(style)
        if _kind(copy) in defaults:
            copy.attrib.pop(f"{W}default", None)
        if heading is not None:
            _match(copy, heading)
        theirs.append(copy)
    _sort(theirs)
    return ids


def rename(root: "Element", ids: Mapping[str, str]) -> None:
    """Give every reference to a style its new id."""
    for node in root.iter(*_STYLE_REFERENCES):
        old = str(node.get(f"{W}val", ""))
        node.set(f"{W}val", ids.get(old, old))


def renumber(root: "Element") -> None:
    """Lead what stands in a list of theirs to the new number of the list."""
    for node in root.iter(f"{W}numId"):
        _add(node, f"{W}val")


def take_numbering(theirs: "Element", ours: "Element", ids: Mapping[str, str]) -> None:
    """Our lists before theirs; theirs no longer number our headings."""
    rename(theirs, ids)
    bound = {one.get(f"{W}val") for one in ours.iter(f"{W}pStyle")}
    for link in [one for one in theirs.iter(f"{W}pStyle") if one.get(f"{W}val") in bound]:
        _remove(link)
    for abstract in theirs.findall(f"{W}abstractNum"):
        _add(abstract, f"{W}abstractNumId")
    for num in theirs.findall(f"{W}num"):
        _add(num, f"{W}numId")
        _add(num.find(f"{W}abstractNumId"), f"{W}val")
    kinds = ("numPicBullet", "abstractNum", "num")
    parts = [deepcopy(part) for kind in kinds for root in (ours, theirs)
             for part in root.findall(f"{W}{kind}")]  # fmt: skip
    theirs[:] = parts


def set_language(sheet: "Element", language: str, *, right_to_left: bool) -> None:
    """The language of the document on all styles of a sheet."""
    for told in list(sheet.iter(f"{W}lang")):
        _remove(told)
    defaults = _made(sheet, "docDefaults", 0)
    properties = _made(_made(defaults, "rPrDefault", 0), "rPr", 0)
    properties.append(_element(f'<w:lang w:val="{language}" w:bidi="ar-SA"/>'))
    normal = style_names(sheet).get(("paragraph", "normal"))
    if right_to_left and normal is not None:
        own = normal.get_or_add_pPr()  # type: ignore[attr-defined]
        for old in own.findall(f"{W}bidi"):
            _remove(old)
        own.insert_element_before(_element("<w:bidi/>"), *_behind("bidi"))


def _behind(name: str) -> tuple[str, ...]:
    later = _AFTER_NUMBER[_AFTER_NUMBER.index(name) + 1 :]
    return tuple(f"w:{one}" for one in (*later, "outlineLvl", *_AFTER_LEVEL))


def _bind(style: "Element", ours: "Element") -> None:
    """What theirs must have for our documents: what stays together, numbers, place in contents."""
    number, level = ours.find(f"{W}pPr/{W}numPr"), ours.find(f"{W}pPr/{W}outlineLvl")
    _keep_together(style, ours)
    if number is None:
        return
    own = style.get_or_add_pPr()  # type: ignore[attr-defined]
    if _id(style) in _LISTS and own.find(f"{W}numPr") is not None:
        return
    for name in ("numPr", "ind", "outlineLvl"):
        for old in own.findall(f"{W}{name}"):
            _remove(old)
    behind = tuple(f"w:{one}" for one in (*_AFTER_NUMBER, "outlineLvl", *_AFTER_LEVEL))
    own.insert_element_before(deepcopy(number), *behind)
    if level is not None:
        own.insert_element_before(deepcopy(level), *(f"w:{one}" for one in _AFTER_LEVEL))


def _keep_together(style: "Element", ours: "Element") -> None:
    """What stays with the paragraph after it, or on one page, does so in theirs as well."""
    for name in ("keepLines", "keepNext"):  # the last to come is the first to stand
        if ours.find(f"{W}pPr/{W}{name}") is None:
            continue
        own = style.get_or_add_pPr()  # type: ignore[attr-defined]
        for old in own.findall(f"{W}{name}"):
            _remove(old)
        own.insert(0, _element(f"<w:{name}/>"))


def _match(style: "Element", heading: "Element") -> None:
    """A style of ours in the colour of their headings; our heading of the contents in the font."""
    if colour := _readable(heading):
        for node in style.iter():
            for name, value in node.items():
                if value == _OUR_COLOUR:
                    node.set(name, colour)
    font = heading.find(f"{W}rPr/{W}rFonts")
    own = style.find(f"{W}rPr")
    if _id(style) == "FrontHeading" and font is not None and own is not None:
        own.insert(0, deepcopy(font))


def _readable(heading: "Element") -> str:
    """The colour of a heading where it is dark enough on white; else nothing."""
    told = heading.find(f"{W}rPr/{W}color")
    colour = "" if told is None else str(told.get(f"{W}val", ""))
    if not _COLOUR.fullmatch(colour):
        return ""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    light = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares]
    luminance = sum(part * one for part, one in zip(_LUMINANCE, light, strict=True))
    return colour.upper() if luminance <= _DARK else ""


def _new_ids(
    theirs: "Element",
    have: Mapping[tuple[str, str], "Element"],
    wanted: Mapping[tuple[str, str], "Element"],
) -> dict[str, str]:
    """Old id -> new id where it changes; an id of ours on a style of another name gives way."""
    ids = {_id(have[key]): _id(ours) for key, ours in wanted.items() if key in have}
    reserved = {_id(ours) for ours in wanted.values()}
    used = reserved | {_id(style) for style in theirs.findall(f"{W}style")}
    for style in theirs.findall(f"{W}style"):
        if _id(style) in reserved and _id(style) not in ids:
            ids[_id(style)] = _free(_id(style), used)
    return {old: new for old, new in ids.items() if old != new}


def _free(wanted: str, used: set[str]) -> str:
    number = 2
    while f"{wanted}{number}" in used:
        number += 1
    used.add(f"{wanted}{number}")
    return f"{wanted}{number}"


def _sort(sheet: "Element") -> None:
    """Each style behind the one it is based on; those based on each other as they stood."""
    left = sheet.findall(f"{W}style")
    placed: list[Element] = []
    while left:
        waiting = {_id(style) for style in left}
        ready = [one for one in left if _base(one) not in waiting or _base(one) == _id(one)]
        for style in ready or left[:1]:
            placed.append(style)
            left.remove(style)
    for style in placed:
        sheet.append(style)


def _base(style: "Element") -> str:
    base = style.find(f"{W}basedOn")
    return "" if base is None else str(base.get(f"{W}val", ""))


def _kind(style: "Element") -> str:
    return str(style.get(f"{W}type", "paragraph"))


def _id(style: "Element") -> str:
    return str(style.get(f"{W}styleId", ""))


def _add(node: "Element | None", name: str) -> None:
    """Lift the number of a list; 0 stands for no list."""
    if node is not None and (number := int(node.get(name, 0))):
        node.set(name, str(number + _BEYOND))


def _made(parent: "Element", name: str, place: int) -> "Element":
    found = parent.find(f"{W}{name}")
    if found is None:
        found = _element(f"<w:{name}/>")
        parent.insert(place, found)
    return found


def _remove(node: "Element") -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _element(xml: str) -> "Element":
    from docx.oxml import parse_xml  # noqa: PLC0415 -- slow import

    head, slash, tail = xml.partition("/>")
    return parse_xml(f"{head} {NAMESPACES}{slash}{tail}".encode())


def merged_settings(theirs: Iterable["Element"], ours: "Element") -> list["Element"]:
    """Our settings with those of theirs that headers and pages need, in the order of the schema."""
    kept = [one for one in theirs if str(one.tag).removeprefix(W) in _KEPT_SETTINGS]
    found = {str(one.tag).removeprefix(W): deepcopy(one) for one in (*kept, *ours)}
    return [found[name] for name in _SETTINGS if name in found]

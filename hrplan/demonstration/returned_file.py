"""A Word file as it comes back from a reader: with comments and a tracked change."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from io import BytesIO
from typing import Any

STAMP = "%Y-%m-%dT09:00:00Z"


def as_returned(data: bytes, told: Mapping[str, Any], *, day: date) -> bytes:
    """The file with comments at headings, and with words changed where they first stand.

    told : author; comments, each with the number of its heading and its text; change with the
    words before and after. A change whose words stand nowhere is left out.
    """
    import docx  # noqa: PLC0415 -- slow import

    word = docx.Document(BytesIO(data))
    headings = [one for one in word.paragraphs if one.style and one.style.style_id == "Heading1"]
    for line in told["comments"]:
        runs = headings[line["heading"] % len(headings)].runs
        word.add_comment(runs, text=line["text"], author=told["author"], initials="LC")
    for paragraph in word.paragraphs:
        if _changed(paragraph, told, day):
            break
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _changed(paragraph: Any, told: Mapping[str, Any], day: date) -> bool:
    """Mark words as taken out, and others as put in; False where they are not there."""
    before, after = told["change"]["before"], told["change"]["after"]
    for run in paragraph.runs:
        first, found, rest = run.text.partition(before)
        if found:
            run.text = first
            old, new, tail = (_run(run, words) for words in (before, after, rest))
            place = run._element
            for mark, inner in (("w:del", old), ("w:ins", new)):
                place.addnext(_marked(mark, inner, told["author"], day))
                place = place.getnext()
            place.addnext(tail)
            return True
    return False


def _run(run: Any, words: str) -> Any:
    """A run of the same look with other words."""
    from docx.oxml.ns import qn  # noqa: PLC0415 -- slow import

    made = deepcopy(run._element)
    for child in list(made):
        if child.tag != qn("w:rPr"):
            made.remove(child)
    made.text = words
    return made


def _marked(mark: str, inner: Any, author: str, day: date) -> Any:
    """A tracked change around a run."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 -- slow import
    from docx.oxml.ns import qn  # noqa: PLC0415

    made = OxmlElement(mark)
    for name, value in (
        ("w:id", "9001" if mark == "w:del" else "9002"),
        ("w:author", author),
        ("w:date", day.strftime(STAMP)),
    ):
        made.set(qn(name), value)
    if mark == "w:del":
        for one in inner.iter(qn("w:t")):
            one.tag = qn("w:delText")
    made.append(inner)
    return made

"""Sentences that the product wrote into rows in one language, told in the language that is active.

Only a line that is such a sentence word for word is told anew; what a person wrote or changed
stays as it is. See docs/methods/languages.md.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils import formats, translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core import figures
from hrplan.core.titles import told_anew
from hrplan.core.wording import spoken

_PLACE = re.compile(r"%\((\w+)\)([sd])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message that is written into rows with its values.

    many : the plural form; count : the value that chooses between the two
    days, numbers, titles : values that are a date in full, a number, or a title of a content pack
    inner : values that are sentences of the same kind themselves
    ends : the sentence may stand at the end of a line that begins with other words
    """

    one: str
    many: str = ""
    count: str = ""
    days: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    ends: bool = False


def retold(text: str, sentences: Iterable[Sentence]) -> str:
    """The text, line by line, in the active language where a line is one of the sentences."""
    known = tuple(sentences)
    return "\n".join(_line(line, known) for line in text.split("\n")) if text else text


def _line(line: str, sentences: tuple[Sentence, ...]) -> str:
    now = translation.get_language() or settings.LANGUAGE_CODE
    for code, _name in settings.DOCUMENT_LANGUAGES:
        for sentence in sentences:
            if spoken(code) == now and not sentence.titles:
                continue
            for pattern in _patterns(sentence, spoken(code)):
                if found := pattern.fullmatch(line):
                    given = found.groupdict()
                    given |= {name: _line(given[name] or "", sentences) for name in sentence.inner}
                    return _told(sentence, given, spoken(code))
    return line


@lru_cache(maxsize=1_000)
def _patterns(sentence: Sentence, language: str) -> tuple[re.Pattern[str], ...]:
    """What the sentence looks like in a language: singular and plural."""
    with translation.override(language):
        told = {_(sentence.one)}
        if sentence.many:
            told = {ngettext(sentence.one, sentence.many, n) for n in (1, 2)}
    before = "(?P<before_>.* )?" if sentence.ends else ""
    return tuple(re.compile(before + "".join(_pieces(words))) for words in sorted(told))


def _pieces(words: str) -> Iterator[str]:
    at = 0
    for place in _PLACE.finditer(words):
        yield re.escape(words[at : place.start()])
        yield f"(?P<{place[1]}>{r'-?[0-9]+' if place[2] == 'd' else '.+'})"
        at = place.end()
    yield re.escape(words[at:])


def _told(sentence: Sentence, given: dict[str, str | None], language: str) -> str:
    before = given.pop("before_", "") or ""
    values: dict[str, object] = {name: text or "" for name, text in given.items()}
    for name in sentence.days:
        values[name] = _day(str(values[name]), language)
    for name in sentence.numbers:
        values[name] = _number(str(values[name]), language)
    for name in sentence.titles:
        values[name] = told_anew(str(values[name]))
    whole = {name for words in (sentence.one, sentence.many) for name in _whole(words)}
    values |= {name: int(str(values[name])) for name in whole if name in values}
    words = _(sentence.one)
    if sentence.many:
        words = ngettext(sentence.one, sentence.many, int(str(values[sentence.count])))
    return before + words % values


def _whole(words: str) -> Iterator[str]:
    return (place[1] for place in _PLACE.finditer(words) if place[2] == "d")


def _day(text: str, language: str) -> str:
    """A date in full as the active language writes it; what is none stays."""
    with translation.override(language):
        months = {str(name).casefold(): month for month, name in MONTHS.items()}
    found = re.fullmatch(r"([0-9]{1,2})(?:er)? (?:de )?(\w+) (?:de )?([0-9]{4})", text)
    if found is None or (month := months.get(found[2].casefold())) is None:
        return text
    try:
        return figures.day(date(int(found[3]), month, int(found[1])))
    except ValueError:
        return text


def _number(text: str, language: str) -> str:
    """A number as the active language writes it, with as many decimals; what is none stays."""
    mark = str(formats.get_format("DECIMAL_SEPARATOR", language))
    thousands = str(formats.get_format("THOUSAND_SEPARATOR", language))
    plain = text.replace(thousands, "").replace(mark, ".")
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
        return text
    return figures.number(float(plain), len(plain.partition(".")[2]))
